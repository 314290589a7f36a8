package theme

// The icons that are embedded.
const (
	IconArchive         Icon = "archive"
	IconArrowDown       Icon = "arrow-down"
	IconArrowDownToLine Icon = "arrow-down-to-line"
	IconArrowLeft       Icon = "arrow-left"
	IconArrowRight      Icon = "arrow-right"
	IconArrowUp         Icon = "arrow-up"
	IconArrowUpDown     Icon = "arrow-up-down"
	IconAtSign          Icon = "at-sign"
	IconBan             Icon = "ban"
	IconBell            Icon = "bell"
	IconBellOff         Icon = "bell-off"
	IconBold            Icon = "bold"
	IconBookmark        Icon = "bookmark"
	IconBug             Icon = "bug"
	IconCalendar        Icon = "calendar"
	IconCalendarClock   Icon = "calendar-clock"
	IconCalendarDays    Icon = "calendar-days"
	IconCheck           Icon = "check"
	IconChevronDown     Icon = "chevron-down"
	IconChevronLeft     Icon = "chevron-left"
	IconChevronRight    Icon = "chevron-right"
	IconChevronUp       Icon = "chevron-up"
	IconChevronsUpDown  Icon = "chevrons-up-down"
	IconCircle          Icon = "circle"
	IconAlert           Icon = "circle-alert"
	IconCircleCheck     Icon = "circle-check"
	IconQuestion        Icon = "circle-question-mark"
	IconCircleX         Icon = "circle-x"
	IconClock           Icon = "clock"
	IconCloud           Icon = "cloud"
	IconCloudOff        Icon = "cloud-off"
	IconCode            Icon = "code"
	IconCopy            Icon = "copy"
	IconCopyPlus        Icon = "copy-plus"
	IconDatabase        Icon = "database"
	IconDownload        Icon = "download"
	IconEllipsis        Icon = "ellipsis"
	IconExternalLink    Icon = "external-link"
	IconEye             Icon = "eye"
	IconEyeOff          Icon = "eye-off"
	IconFile            Icon = "file"
	IconFileArchive     Icon = "file-archive"
	IconFileAudio       Icon = "file-audio"
	IconFileCode        Icon = "file-code"
	IconFileImage       Icon = "file-image"
	IconFileKey         Icon = "file-key"
	IconFileMusic       Icon = "file-music"
	IconFilePen         Icon = "file-pen"
	IconFileSheet       Icon = "file-spreadsheet"
	IconFileText        Icon = "file-text"
	IconFileType        Icon = "file-type"
	IconFileVideo       Icon = "file-video"
	IconFingerprint     Icon = "fingerprint-pattern"
	IconFolder          Icon = "folder"
	IconFolderInput     Icon = "folder-input"
	IconFolderOpen      Icon = "folder-open"
	IconFolderPlus      Icon = "folder-plus"
	IconForward         Icon = "forward"
	IconGlobe           Icon = "globe"
	IconHardDrive       Icon = "hard-drive"
	IconHeading         Icon = "heading"
	IconHistory         Icon = "history"
	IconHome            Icon = "house"
	IconImage           Icon = "image"
	IconImageOff        Icon = "image-off"
	IconInbox           Icon = "inbox"
	IconInfo            Icon = "info"
	IconItalic          Icon = "italic"
	IconKey             Icon = "key-round"
	IconKeyboard        Icon = "keyboard"
	IconLink            Icon = "link"
	IconList            Icon = "list"
	IconListFilter      Icon = "list-filter"
	IconListOrdered     Icon = "list-ordered"
	IconLock            Icon = "lock"
	IconLockOpen        Icon = "lock-open"
	IconLogIn           Icon = "log-in"
	IconLogOut          Icon = "log-out"
	IconMail            Icon = "mail"
	IconMailOpen        Icon = "mail-open"
	IconMaximize2       Icon = "maximize-2"
	IconMenu            Icon = "menu"
	IconMinus           Icon = "minus"
	IconMonitor         Icon = "monitor"
	IconMoon            Icon = "moon"
	IconJunk            Icon = "octagon-alert"
	IconPaintbrush      Icon = "paintbrush"
	IconPalette         Icon = "palette"
	IconPanelLeft       Icon = "panel-left"
	IconPaperclip       Icon = "paperclip"
	IconPause           Icon = "pause"
	IconPenLine         Icon = "pen-line"
	IconPencil          Icon = "pencil"
	IconPlay            Icon = "play"
	IconPlus            Icon = "plus"
	IconPresentation    Icon = "presentation"
	IconPrinter         Icon = "printer"
	IconQuote           Icon = "quote"
	IconRefresh         Icon = "refresh-cw"
	IconReply           Icon = "reply"
	IconReplyAll        Icon = "reply-all"
	IconRotateCw        Icon = "rotate-cw"
	IconSave            Icon = "save"
	IconSearch          Icon = "search"
	IconSend            Icon = "send"
	IconServer          Icon = "server"
	IconSettings        Icon = "settings"
	IconShield          Icon = "shield"
	IconShieldCheck     Icon = "shield-check"
	IconSignature       Icon = "signature"
	IconSliders         Icon = "sliders-horizontal"
	IconSmartphone      Icon = "smartphone"
	IconSmile           Icon = "smile"
	IconSquare          Icon = "square"
	IconCompose         Icon = "square-pen"
	IconStar            Icon = "star"
	IconStrikethrough   Icon = "strikethrough"
	IconSun             Icon = "sun"
	IconSunrise         Icon = "sunrise"
	IconTag             Icon = "tag"
	IconTags            Icon = "tags"
	IconTextQuote       Icon = "text-quote"
	IconTextSearch      Icon = "text-search"
	IconTicket          Icon = "ticket"
	IconTrash           Icon = "trash-2"
	IconTriangleAlert   Icon = "triangle-alert"
	IconUndo            Icon = "undo-2"
	IconUnfoldVertical  Icon = "unfold-vertical"
	IconUnplug          Icon = "unplug"
	IconUser            Icon = "user"
	IconUsers           Icon = "users"
	IconWifiOff         Icon = "wifi-off"
	IconX               Icon = "x"
	IconZoomIn          Icon = "zoom-in"
	IconZoomOut         Icon = "zoom-out"
)

// Icons are all icons, for tests and for whoever lists them.
var Icons = []Icon{
	IconArchive,
	IconArrowDown,
	IconArrowDownToLine,
	IconArrowLeft,
	IconArrowRight,
	IconArrowUp,
	IconArrowUpDown,
	IconAtSign,
	IconBan,
	IconBell,
	IconBellOff,
	IconBold,
	IconBookmark,
	IconBug,
	IconCalendar,
	IconCalendarClock,
	IconCalendarDays,
	IconCheck,
	IconChevronDown,
	IconChevronLeft,
	IconChevronRight,
	IconChevronUp,
	IconChevronsUpDown,
	IconCircle,
	IconAlert,
	IconCircleCheck,
	IconQuestion,
	IconCircleX,
	IconClock,
	IconCloud,
	IconCloudOff,
	IconCode,
	IconCopy,
	IconCopyPlus,
	IconDatabase,
	IconDownload,
	IconEllipsis,
	IconExternalLink,
	IconEye,
	IconEyeOff,
	IconFile,
	IconFileArchive,
	IconFileAudio,
	IconFileCode,
	IconFileImage,
	IconFileKey,
	IconFileMusic,
	IconFilePen,
	IconFileSheet,
	IconFileText,
	IconFileType,
	IconFileVideo,
	IconFingerprint,
	IconFolder,
	IconFolderInput,
	IconFolderOpen,
	IconFolderPlus,
	IconForward,
	IconGlobe,
	IconHardDrive,
	IconHeading,
	IconHistory,
	IconHome,
	IconImage,
	IconImageOff,
	IconInbox,
	IconInfo,
	IconItalic,
	IconKey,
	IconKeyboard,
	IconLink,
	IconList,
	IconListFilter,
	IconListOrdered,
	IconLock,
	IconLockOpen,
	IconLogIn,
	IconLogOut,
	IconMail,
	IconMailOpen,
	IconMaximize2,
	IconMenu,
	IconMinus,
	IconMonitor,
	IconMoon,
	IconJunk,
	IconPaintbrush,
	IconPalette,
	IconPanelLeft,
	IconPaperclip,
	IconPause,
	IconPenLine,
	IconPencil,
	IconPlay,
	IconPlus,
	IconPresentation,
	IconPrinter,
	IconQuote,
	IconRefresh,
	IconReply,
	IconReplyAll,
	IconRotateCw,
	IconSave,
	IconSearch,
	IconSend,
	IconServer,
	IconSettings,
	IconShield,
	IconShieldCheck,
	IconSignature,
	IconSliders,
	IconSmartphone,
	IconSmile,
	IconSquare,
	IconCompose,
	IconStar,
	IconStrikethrough,
	IconSun,
	IconSunrise,
	IconTag,
	IconTags,
	IconTextQuote,
	IconTextSearch,
	IconTicket,
	IconTrash,
	IconTriangleAlert,
	IconUndo,
	IconUnfoldVertical,
	IconUnplug,
	IconUser,
	IconUsers,
	IconWifiOff,
	IconX,
	IconZoomIn,
	IconZoomOut,
}
