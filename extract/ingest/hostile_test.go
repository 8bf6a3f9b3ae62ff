package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"entente/graph"
)

// packedLetters is a bomb: n times the same letter, gzip-compressed.
func packedLetters(begin string, n int64) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	io.WriteString(z, begin)
	io.Copy(z, repeated(strings.Repeat("a", 1<<16), n))
	z.Close()
	return b.Bytes()
}

// outcome reads an input and returns what came out, and how many bytes were
// allocated in all, which bounds what was held and what was worked through.
func outcome(path string, in io.Reader, opts Options) (got []string, allocated uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got = readSource(path, in, opts)
	runtime.ReadMemStats(&after)
	return got, after.TotalAlloc - before.TotalAlloc
}

// oneThread skips a test that works hard under the race detector, which makes
// it many times slower and has nothing to find: readers do one thing at a time.
func oneThread(t *testing.T) {
	t.Helper()
	if raceDetector {
		t.Skip("nothing runs at the same time here")
	}
}

func TestBombs(t *testing.T) {
	oneThread(t)
	lines := packedLetters(`{"text":"`, 40<<20)
	small := packedLetters("", 17<<20)
	var many bytes.Buffer
	z := zip.NewWriter(&many)
	for i := range 90 { // each under the bound of a member, all together over that of an input
		w, _ := z.Create(fmt.Sprintf("%02d.txt", i))
		io.Copy(w, repeated(strings.Repeat("a", 1<<16), 15<<20))
	}
	z.Close()
	for _, test := range []struct {
		name, path string
		in         []byte
		opts       Options
		want       string // the last outcome
		outcomes   int
	}{
		{"one line", "a.jsonl.gz", lines, Options{}, "a.jsonl.gz:1: cannot be read: unpacks to suspiciously much: more than 500 times its size; " + openHint(errBomb), 1},
		{"one text", "a.txt.gz", small, Options{}, "a.txt.gz: longer than 16777216 bytes, too long for one article; split it into files of one article each, or leave it out", 1},
		{"twice", "a.jsonl.gz.gz", gzipOf(lines), Options{}, "a.jsonl.gz.gz:1: cannot be read: unpacks to suspiciously much: more than 500 times its size; " + openHint(errBomb), 1},
		{"zstd", "a.jsonl.zst", zstdOf([]byte(`{"text":"` + strings.Repeat("a", 40<<20))), Options{}, "a.jsonl.zst:1: cannot be read: unpacks to suspiciously much: more than 500 times its size; " + openHint(errBomb), 1},
		{"in a ZIP", "a.zip", zipOf(map[string][]byte{"a.jsonl.gz": lines}), Options{}, "a.zip!/a.jsonl.gz:1: cannot be read: unpacks to suspiciously much: more than 500 times its size; " + openHint(errBomb), 1},
		{"size", "a.jsonl.gz", gzipOf([]byte(strings.Repeat(`{"text":"x"}`+"\n", 9000))), Options{MaxUnpacked: 70_000},
			"a.jsonl.gz:5385: cannot be read: unpacks to suspiciously much: more than 70000 bytes; " + openHint(errBomb), 5385},
		{"sum", "a.zip", many.Bytes(), Options{MaxRatio: 600, MaxArticle: 14 << 20}, "a.zip: cannot be read: unpacks to suspiciously much: all in all more than 600 times the input; " + openHint(errBomb), 74},
	} {
		if test.name == "sum" && testing.Short() {
			continue
		}
		got, _ := outcome(test.path, bytes.NewReader(test.in), test.opts)
		if len(got) != test.outcomes || got[len(got)-1] != test.want {
			t.Errorf("%s: %d outcomes, the last %q, want %d and %q", test.name, len(got), got[len(got)-1], test.outcomes, test.want)
		}
	}
}

func TestManyMembers(t *testing.T) {
	const n = 1000
	files := map[string][]byte{}
	var tape bytes.Buffer
	w := tar.NewWriter(&tape)
	for i := range n {
		name := fmt.Sprintf("%04d.txt", i)
		files[name] = []byte(sentence)
		w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(sentence))})
		io.WriteString(w, sentence)
	}
	w.Close()
	opts := Options{MaxMembers: n - 1}
	const why = ": more than 999 files in one archive; unpack it and name the folder"
	checkLines(t, "zip", readSource("a.zip", bytes.NewReader(zipOf(files)), opts), []string{"a.zip" + why})
	got := readSource("a.tar", &tape, opts)
	if len(got) != n || got[n-1] != "a.tar"+why {
		t.Errorf("tar: %d outcomes, the last %q", len(got), got[len(got)-1])
	}
	if got := readSource("a.zip", bytes.NewReader(zipOf(files)), Options{}); len(got) != n {
		t.Errorf("%d outcomes of %d files", len(got), n)
	}
}

// TestMillionMembers: the directory of a ZIP of a million files is not taken
// into memory.
func TestMillionMembers(t *testing.T) {
	oneThread(t)
	if testing.Short() {
		t.Skip("writes an archive of 100 MB")
	}
	f, err := os.Create(t.TempDir() + "/million.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for i := range 1_000_000 {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%07d.txt", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	got, allocated := outcome(f.Name(), f, Options{})
	if len(got) != 1 || !strings.Contains(got[0], "more than 200000 files in one archive") {
		t.Errorf("%d outcomes, the first %q", len(got), got[0])
	}
	if allocated > 200<<20 {
		t.Errorf("%d MB allocated", allocated>>20)
	}
}

// begins are the beginnings of each format that anything may follow.
var begins = map[string]string{
	"a.txt": "", "a.md": "---\ntitle: ", "a.jsonl": `{"text":"`, "a.json": `[{"text":"`, "a.csv": "title,text\na,\"", "b.csv": "title,text\na,", "a.tsv": "title\ttext\n",
	"a.html": "<html><p>", "b.html": "<html><div ", "a.xml": `<rss version="2.0"><channel><item><description>`, "b.xml": `<?xml version="1.0"?><rss><channel><item><`,
	"a.atom": `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">`,
	"a.warc": "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 4611686018427387904\r\nContent-Type: application/http\r\n\r\n", "b.warc": "WARC/1.0\r\nWARC-Type: ",
	"c.warc": "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 30000000\r\n\r\n", "d.warc": "WARC/1.0\r\n\r\n",
	"a.eml": "From: a@b.example\nMessage-ID: <1@b.example>\n\n", "b.eml": "From: a@b.example\nSubject: ",
	"c.eml":  "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
	"a.mbox": "From a@b.example Thu Apr  4 12:00:00 2024\nFrom: a@b.example\n\n", "press.txt": "1 of 2 DOCUMENTS\n\nLENGTH: 2 words\n\n",
	"factiva.txt": "HD\nx\nTD\n\nx\n\nAN Document WIRE000020240404ek4400001\n", "a.gz": "\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x00", "a.zst": "\x28\xB5\x2F\xFD", "a.bz2": "BZh91AY&SY",
	"a.zip": "PK\x03\x04", "b.zip": "PK\x05\x06",
}

// TestHostileText puts much of the same after the beginning of each format. What
// is allocated stays in proportion, so that nothing is worked through over and
// over, and nothing panics.
func TestHostileText(t *testing.T) {
	oneThread(t)
	units := map[string]string{"one line": "a", "NUL": "\x00", "brackets": "[", "elements": "<div>", "tags": "<", "quotes": `"`, "commas": ",", "line ends": "\n",
		"stops": ".", "dashes": "—", "not UTF-8": "\xFF", "marks": "From a@b.example Thu Apr  4 12:00:00 2024\n", "parts": "--b\n", "records": "WARC/1.0\r\n\r\n",
		"ends": "End of Document\n", "begins": "1 of 2 DOCUMENTS\n", "multiparts": "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "entities": "&amp;&x;",
		"headers": "a: b\n", "right to left": "\u202E", "backslashes": `\`, "colons": ": "}
	for path, begin := range begins {
		for name, unit := range units {
			for _, size := range []int{50_000, 200_000} {
				if size > 50_000 && testing.Short() {
					continue
				}
				in := begin + strings.Repeat(unit, size/len(unit))
				got, allocated := outcome(path, strings.NewReader(in), Options{})
				if len(got) == 0 {
					t.Errorf("%s, %s: neither an article nor an error", path, name)
				}
				if allocated > 24<<20+uint64(400*size) {
					t.Errorf("%s, %s of %d bytes: %d MB allocated", path, name, size, allocated>>20)
				}
			}
		}
	}
}

// TestLongLine reads far more than any bound without a line end: what is held,
// and copied, stays within the bounds.
func TestLongLine(t *testing.T) {
	oneThread(t)
	if testing.Short() {
		t.Skip("reads 80 MB in each format")
	}
	for path, begin := range begins {
		in := io.MultiReader(strings.NewReader(begin), repeated(strings.Repeat("a", 1<<16), 80<<20))
		got, allocated := outcome(path, in, Options{})
		if len(got) == 0 || allocated > 300<<20 {
			t.Errorf("%s: %d outcomes, %d MB allocated", path, len(got), allocated>>20)
		}
	}
}

// TestDamage cuts each packed carrier short and changes bytes of it: whatever
// comes out holds the promises, and what is lost is said.
func TestDamage(t *testing.T) {
	oneThread(t)
	for _, c := range carriers {
		for _, p := range packers[1:] {
			data := p.pack(c.path, c.write([]graph.Article{sampleArticle(1)}))
			path := c.path + p.suffix
			for cut := 1; cut < len(data); cut += 1 + len(data)/40 {
				readAllArticles(t, Read(Source{Path: path, R: bytes.NewReader(data[:cut])}, Options{}))
				flipped := bytes.Clone(data)
				flipped[cut] ^= 0x55
				readAllArticles(t, Read(Source{Path: path, R: bytes.NewReader(flipped)}, Options{}))
			}
			if !strings.HasPrefix(p.suffix, ".tar") && p.suffix != ".tgz" { // a tar may end without its last, empty blocks
				short := readSource(path, bytes.NewReader(data[:len(data)-6]), Options{})
				if last := short[len(short)-1]; !strings.Contains(last, "damaged") {
					t.Errorf("%s cut short: %q", path, short)
				}
			}
		}
	}
}

func TestSpool(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	big := zipOf(map[string][]byte{"a.txt": []byte(sentence), "b.bin": noise(2 << 20)})
	checkLines(t, "stream", readSource("stdin", bytes.NewReader(big), Options{}), []string{"a"})
	checkLines(t, "long stream", readSource("stdin", bytes.NewReader(big), Options{MaxSpool: 1 << 20}), []string{
		"stdin: a ZIP of more than 1048576 bytes out of a stream; name the file itself, or unpack it and name the folder"})
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil || len(left) > 0 {
		t.Errorf("temporary files left: %v (%v)", left, err)
	}
	got := readSource("stdin", failing{bytes.NewReader(big[:1<<21])}, Options{})
	if len(got) != 1 || !strings.Contains(got[0], errDisk.Error()) {
		t.Errorf("failing stream: %q", got)
	}
	t.Setenv("TMPDIR", "/nowhere/at/all")
	got = readSource("stdin", bytes.NewReader(big), Options{})
	if len(got) != 1 || !strings.Contains(got[0], "make room there, or set TMPDIR") {
		t.Errorf("no temporary folder: %q", got)
	}
}

// noise is bytes that do not pack, and always the same.
func noise(n int) []byte {
	out := make([]byte, n)
	x := uint32(1)
	for i := range out {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		out[i] = byte(x)
	}
	return out
}

// TestRandomAccess: a ZIP that is standard input by redirection is read where it
// lies.
func TestRandomAccess(t *testing.T) {
	name := t.TempDir() + "/a.zip"
	if err := os.WriteFile(name, zipOf(map[string][]byte{"a.txt": []byte(sentence), "b.bin": noise(2 << 20)}), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	checkLines(t, "Read", readSource("stdin", f, Options{MaxSpool: 1}), []string{"a"})
	got, _ := openAll([]string{name}, Options{MaxSpool: 1})
	checkLines(t, "Open", got, []string{filepath.ToSlash(name) + "!/a.txt"})
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	got, _ = openAll([]string{"-"}, Options{MaxSpool: 1, Stdin: f})
	checkLines(t, "standard input", got, []string{"stdin!/a.txt"})
}
