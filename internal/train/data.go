package train

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/internal/conllu"
	"entente/internal/train/labels"
)

// Data is what a model is trained on and measured by.
type Data struct {
	Train   []sentence
	Dev     []Set
	Test    []Set
	Names   []NameSet // to measure names by
	sources []string
}

// Set is part of a treebank, to measure by.
type Set struct {
	Name      string
	Sentences []conllu.Sentence
}

// NameSet is text with marked names, to measure by.
type NameSet struct {
	Name      string
	sentences []sentence
}

// Sources names the files trained on.
func (d *Data) Sources() string { return strings.Join(d.sources, ", ") }

// Choice says what to load beside the *-train.conllu of a directory.
type Choice struct {
	Also    []string // development sets to train on too: "ewt-dev"
	Without []string // files not to train on: "ewt-train"
	// Foreign says that the language is not English: nothing of our own is
	// added.
	Foreign bool
}

// Load reads a directory. Files *-train.conllu are trained on, and those that
// are chosen too; other *-dev.conllu show the progress, *-test.conllu are
// measured at the end; each may be packed (.gz). Names are learnt from the coreference annotation of the trees that
// have one, from ner/*-dev.iob2.gz and from the sentences of our own;
// ner/*-test.iob2.gz and the own sentences that are set aside measure them.
func Load(dir string, c Choice) (*Data, error) {
	d, err := loadTrees(dir, c)
	if err != nil {
		return nil, err
	}
	if err := d.addNames(dir, c.Foreign); err != nil {
		return nil, err
	}
	hinter, err := nlp.NewHinter()
	if err != nil {
		return nil, err
	}
	for i := range d.Train {
		d.Train[i].hints = hinter.Hints(d.Train[i].words)
	}
	for _, set := range d.Names {
		for i := range set.sentences {
			set.sentences[i].hints = hinter.Hints(set.sentences[i].words)
		}
	}
	return d, nil
}

func loadTrees(dir string, c Choice) (*Data, error) {
	var d Data
	files, err := filepath.Glob(filepath.Join(dir, "*.conllu*"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	slices.Sort(files)
	for _, path := range files {
		name, kind, ok := splitName(path)
		if !ok {
			continue
		}
		sentences, err := conllu.ReadFile(path)
		if err != nil {
			return nil, err
		}
		switch {
		case slices.Contains(c.Without, name):
		case kind == "train" || slices.Contains(c.Also, name):
			d.sources = append(d.sources, filepath.Base(path))
			trees, err := fromTrees(name, sentences)
			if err != nil {
				return nil, err
			}
			d.Train = append(d.Train, trees...)
		case kind == "dev":
			d.Dev = append(d.Dev, Set{name, sentences})
		case kind == "test":
			d.Test = append(d.Test, Set{name, sentences})
		}
	}
	for _, name := range slices.Concat(c.Also, c.Without) {
		if !slices.ContainsFunc(files, func(path string) bool { base, _, _ := splitName(path); return base == name }) {
			return nil, fmt.Errorf("%s: no file %s.conllu or %s.conllu.gz, which was chosen", dir, name, name)
		}
	}
	if len(d.Train) == 0 {
		return nil, fmt.Errorf("%s: no file *-train.conllu or *-train.conllu.gz to train on", dir)
	}
	return &d, nil
}

// addNames adds what names are learnt from.
func (d *Data) addNames(dir string, foreign bool) error {
	u := newUsage(d.Train)
	if !foreign {
		own, aside, err := ownSentences(u)
		if err != nil {
			return err
		}
		d.Train = append(d.Train, own...)
		d.Names = append(d.Names, NameSet{"own sentences set aside", aside})
		d.sources = append(d.sources, fmt.Sprintf("%d own sentences (CRC-32 %08x)", len(own), checksum(own)))
	}
	files, err := filepath.Glob(filepath.Join(dir, "ner", "*.iob2.gz"))
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	slices.Sort(files)
	for _, path := range files {
		sentences, err := readMarked(path, u)
		if err != nil {
			return err
		}
		switch name := strings.TrimSuffix(filepath.Base(path), ".iob2.gz"); {
		case strings.HasSuffix(name, "-dev"):
			d.Train = append(d.Train, sentences...)
			d.sources = append(d.sources, filepath.Base(path))
		case strings.HasSuffix(name, "-test"):
			d.Names = append(d.Names, NameSet{name, sentences})
		}
	}
	return nil
}

// splitName takes "ewt-dev.conllu.gz" apart.
func splitName(path string) (name, kind string, ok bool) {
	base := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(path), ".gz"), ".conllu")
	i := strings.LastIndexByte(base, '-')
	if i < 0 {
		return "", "", false
	}
	return base, base[i+1:], true
}

// fromTrees turns the trees of a file into sentences, with our labels of names
// if there are any for it.
func fromTrees(name string, trees []conllu.Sentence) ([]sentence, error) {
	var out []sentence
	var ids []string
	for i := range trees {
		id, _ := trees[i].Comment("sent_id")
		ids = append(ids, id)
		out = append(out, fromTree(&trees[i]))
	}
	file := name + ".txt"
	text, err := fs.ReadFile(labels.Files, file)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	return out, addLabels(file, string(text), ids, out)
}

func fromTree(s *conllu.Sentence) sentence {
	out := sentence{tree: s.Words}
	_, out.opens = s.Comment("newdoc id")
	marked := false
	for _, w := range s.Words {
		out.words = append(out.words, w.Form)
		marked = marked || conllu.Attribute(w.Misc, "Entity") != ""
	}
	if marked {
		out.names = namesOfMentions(s.Words)
	}
	return out
}

// checksum tells states of the own sentences apart.
func checksum(sentences []sentence) uint32 {
	sum := crc32.NewIEEE()
	for _, s := range sentences {
		fmt.Fprintln(sum, s.words, s.names)
	}
	return sum.Sum32()
}
