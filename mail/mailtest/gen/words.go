package gen

import (
	"math"
	"math/rand/v2"
	"strings"
	"sync"
)

var common = strings.Fields(`the to and of a in is it you for that on with this be are have as not or if at we can
will but by from your an all was has please there what would so they which do our no more one about out up my when
any me some could just time like new get also how only other than then now should been use here into need work their
want see its make over them after same where first well back way most very does good know may work such file because
these still think code system project server version problem mail list message please thanks patch build test run
release change update package kernel error line user data name set value type function call return number point
support help question issue report meeting order invoice shipping account team office customer contract budget plan
schedule review draft attached document today tomorrow week month year morning regards best kind looking forward
let start end next last before since while both between each under without however again right left open close
send receive answer read write check find fix bug feature request branch merge commit network memory disk cache
thread process driver device module library interface compiler language protocol client connection address port
security key certificate password login access permission group public private free price offer discount sale
product delivery payment card bank travel flight hotel booking ticket train station city street house garden
school children family friend weekend dinner music film book photo picture video summer winter spring autumn`)

var german = strings.Fields(`und die der das ist nicht für mit auf eine über können möchte würde schöne Grüße bitte größere
Straße Rechnung Übersicht Bestellung Lieferung Termin nächste Woche Büro Verträge müssen später wäre natürlich
während Änderung prüfen Anhang finden Sie unser Angebot Kündigung Gespräch Besprechung morgen früh Prüfung Köln
München Zürich Österreich Gebühr zurück hören ganz vielen Dank Unterlagen Mitglieder Verein Rückmeldung`)

var french = strings.Fields(`les des une est pour dans avec être déjà très réunion première facture équipe présente après
cet été numéro détails merci beaucoup à bientôt façon française déplacement problème système clé fenêtre modèle
hôtel forêt où voilà garçon leçon élève collègues dossier joint pièce société côté écrire répondre préféré marché`)

var russian = strings.Fields(`и в не на что быть он с как это по но они мы весь этот который было письмо договор счёт
встреча завтра сегодня проект работа сервер ошибка версия спасибо пожалуйста документ вложение неделя заказ
доставка оплата вопрос ответ обновление система пользователь сообщение команда отчёт совещание адрес ключ`)

var japaneseWords = strings.Fields(`会議 資料 添付 確認 お願い します 明日 今日 予定 連絡 ありがとう ございます 株式会社 東京
大阪 注文 請求書 商品 発送 変更 更新 問題 システム サーバー メール 返信 質問 回答 週末 写真 電車 出張 報告
です ます の に を は が で と から まで について ください 新しい 版 開発 試験 結果 来週 水曜日`)

var chinese = strings.Fields(`会议 文件 附件 请 确认 谢谢 明天 今天 项目 服务器 问题 版本 更新 订单 发票 合同 客户 北京 上海
公司 部门 报告 数据 系统 用户 邮件 回复 时间 安排 下周 工作 测试 结果 开发 的 了 在 是 我们 你们 可以 需要 已经
通知 关于 预算 计划 付款 快递 产品`)

// vocabulary is the big English one: real words at the top ranks and invented
// ones as the long tail. rank maps 16 random bits to a word so that the
// frequencies are about those of a language (Zipf-Mandelbrot: the chance of a
// rank is proportional to 1/(rank+2.7)^1.07).
type vocabulary struct {
	words []string
	rank  [1 << 16]int32
}

const vocabularySize = 60000

// english is the same for every seed, made at its first use.
var english = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{words: inventWords(vocabularySize)}
	total := 0.0
	cumulated := make([]float64, len(v.words))
	for i := range cumulated {
		total += 1 / math.Pow(float64(i)+2.7, 1.07)
		cumulated[i] = total
	}
	rank := 0
	for i := range v.rank {
		for rank < len(v.words)-1 && cumulated[rank] < (float64(i)+0.5)/float64(len(v.rank))*total {
			rank++
		}
		v.rank[i] = int32(rank)
	}
	return v
})

// draw turns 64 random bits into a word.
func (v *vocabulary) draw(x uint64) string {
	if x>>16&63 == 0 { // reach the tail that 16 bits cannot
		return v.words[int(x>>24)%len(v.words)]
	}
	return v.words[v.rank[x&0xffff]]
}

// inventWords returns n different words: the common ones, then syllables.
func inventWords(n int) []string {
	r := rand.New(rand.NewPCG(42, 42))
	seen := map[string]bool{}
	words := make([]string, 0, n)
	add := func(w string) {
		if !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	for _, w := range common {
		add(w)
	}
	for len(words) < n {
		add(inventWord(r))
	}
	return words
}

var (
	onsets = strings.Fields("b br c cl d dr f fl g gr h j k l m n p pr qu r s sh st t tr v w")
	vowels = strings.Fields("a e i o u ai ea ou oo")
	codas  = strings.Fields("n r l t s m nd rt st ck ng x d p")
)

func inventWord(r *rand.Rand) string {
	var b strings.Builder
	for k := 1 + r.IntN(3); k > 0; k-- {
		b.WriteString(onsets[r.IntN(len(onsets))])
		b.WriteString(vowels[r.IntN(len(vowels))])
		if r.IntN(3) == 0 {
			b.WriteString(codas[r.IntN(len(codas))])
		}
	}
	return b.String()
}
