package store

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

// Badger's checksums do not suffice. Where a block is damaged, its iterators end
// early and its gets find nothing, both without an error, and a compaction writes
// for good what the iterators gave it. So a store that was closed has a file of
// sums of all its files: a writer compares them all before Badger reads them, a
// reader the few that Badger reads at once. The guard has the rest.

// sumsName is the file of sums. sumsHead is its first line.
const (
	sumsName = "SUMS"
	sumsHead = "entente sums 1"
	sumLine  = "%08x %d %08x %d %d %s\n"
)

// sum is what is known of a file.
type sum struct {
	size int64
	crc  uint32 // CRC-32C (Castagnoli)
	// last is where the last block of a table lies, and endCRC the sum of it and of the
	// footer: Badger reads both when it opens the table, and ends the program if they
	// are damaged. The index between them it checks itself.
	last   block
	endCRC uint32
	// file is the file that was read, or nil. A number may be given again to another
	// table, so that a name does not say that a table is the same.
	file fs.FileInfo
}

// footer is more than a table has behind its index.
const footer = 32

type sums struct {
	files    map[string]sum
	sequence uint64 // of the last transaction
}

// isData reports whether a file holds a part of the store and has a sum. Badger's
// DISCARD does not: it has statistics, which it makes anew.
func isData(name string) bool {
	switch filepath.Ext(name) {
	case ".sst", ".vlog":
		return true
	}
	return name == badger.ManifestFilename || name == badger.KeyRegistryFileName
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sumOf reads a file.
func sumOf(path string) (sum, error) {
	f, err := os.Open(path)
	if err != nil {
		return sum{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return sum{}, err
	}
	h := crc32.New(castagnoli)
	n, err := io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{f}, make([]byte, min(max(info.Size(), 1), 256<<10)))
	return sum{size: n, crc: h.Sum32(), file: info}, err
}

// sumOfTable reads a table.
func sumOfTable(path string) (sum, error) {
	s, err := sumOf(path)
	if err != nil {
		return s, err
	}
	t, err := openTable(path)
	if err != nil {
		return s, fmt.Errorf("file %s: %w", filepath.Base(path), err)
	}
	defer t.close()
	s.last = t.blocks[len(t.blocks)-1]
	s.last.first = nil
	s.endCRC, err = readEnd(t.file, &s)
	return s, err
}

// readEnd reads what Badger reads of a table to open it.
func readEnd(f *os.File, s *sum) (crc uint32, err error) {
	if s.size < footer {
		return 0, errors.New("it is cut short")
	}
	last, foot := make([]byte, s.last.size), make([]byte, footer)
	if _, err = f.ReadAt(last, s.last.offset); err == nil {
		_, err = f.ReadAt(foot, s.size-footer)
	}
	return endSum(last, foot), err
}

func endSum(last, footer []byte) uint32 {
	return crc32.Update(crc32.Checksum(last, castagnoli), castagnoli, footer)
}

// writeSums writes the file of sums of the data files of a folder. Tables never
// change: those that known has are not read again.
func writeSums(dir string, sequence uint64, known map[string]sum) (sums, error) {
	s := sums{map[string]sum{}, sequence}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return s, err
	}
	for _, e := range entries {
		name := e.Name()
		if !isData(name) {
			continue
		}
		sumFile := sumOf
		if filepath.Ext(name) == ".sst" {
			sumFile = sumOfTable
			if have, ok := known[name]; ok && have.isFile(e) {
				s.files[name] = have
				continue
			}
		}
		if s.files[name], err = sumFile(filepath.Join(dir, name)); err != nil {
			return s, err
		}
	}
	return s, s.write(dir)
}

// isFile reports whether the file that e names is the one that was read.
func (s *sum) isFile(e fs.DirEntry) bool {
	now, err := e.Info()
	return err == nil && s.file != nil && os.SameFile(s.file, now) && s.file.Size() == now.Size() && s.file.ModTime().Equal(now.ModTime())
}

func (s *sums) write(dir string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nsequence %d\n", sumsHead, s.sequence)
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		one := s.files[name]
		fmt.Fprintf(&b, sumLine, one.crc, one.size, one.endCRC, one.last.offset, one.last.size, name)
	}
	fmt.Fprintf(&b, "%08x end\n", crc32.Checksum(b.Bytes(), castagnoli))
	return replaceFile(filepath.Join(dir, sumsName), b.Bytes())
}

// replaceFile writes a file whole or not at all.
func replaceFile(path string, data []byte) error {
	f, err := os.OpenFile(path+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path+".part"))
	}
	return errors.Join(os.Rename(path+".part", path), syncDir(filepath.Dir(path)))
}

// readSums reads the file of sums. Its absence is fs.ErrNotExist.
func readSums(dir string) (sums, error) {
	s := sums{files: map[string]sum{}}
	text, err := os.ReadFile(filepath.Join(dir, sumsName))
	if err != nil {
		return s, err
	}
	end := bytes.LastIndexByte(bytes.TrimSuffix(text, []byte("\n")), '\n') + 1
	if string(text[end:]) != fmt.Sprintf("%08x end\n", crc32.Checksum(text[:end], castagnoli)) {
		return s, errors.New("its own checksum is wrong")
	}
	lines := bufio.NewScanner(bytes.NewReader(text[:end]))
	for n := 0; lines.Scan(); n++ {
		switch {
		case n == 0 && lines.Text() == sumsHead:
		case n == 1:
			_, err = fmt.Sscanf(lines.Text(), "sequence %d", &s.sequence)
		default:
			var one sum
			var name string
			if name, one, err = parseSum(lines.Text()); err == nil {
				s.files[name] = one
			}
		}
		if err != nil {
			return s, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	return s, nil
}

// parseSum reads a line as sumLine writes it. It is fmt.Sscanf, ten times as fast.
func parseSum(line string) (name string, s sum, err error) {
	fields := strings.Fields(line)
	if len(fields) != 6 {
		return "", s, fmt.Errorf("%d fields, not 6", len(fields))
	}
	var errs [5]error
	number := func(i, base int) (n uint64) {
		n, errs[i] = strconv.ParseUint(fields[i], base, 63)
		return n
	}
	s = sum{size: int64(number(1, 10)), crc: uint32(number(0, 16)), endCRC: uint32(number(2, 16)),
		last: block{offset: int64(number(3, 10)), size: int64(number(4, 10))}}
	return fields[5], s, errors.Join(errs[:]...)
}

// checkSizes returns what is wrong with the files of a closed store, as far as
// it can be told without reading them.
func (s *sums) checkSizes(dir string) error {
	var errs []error
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, e := range entries {
		want, known := s.files[e.Name()]
		info, err := e.Info()
		switch {
		case !isData(e.Name()) || errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			errs = append(errs, err)
		case !known:
			errs = append(errs, fmt.Errorf("file %s is none of the store's (%s does not name it)", e.Name(), sumsName))
		case info.Size() != want.size:
			errs = append(errs, fmt.Errorf("file %s has %d bytes, not %d", e.Name(), info.Size(), want.size))
		}
		seen[e.Name()] = true
	}
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if !seen[name] {
			errs = append(errs, fmt.Errorf("file %s is missing", name))
		}
	}
	return errors.Join(errs...)
}

// check reads a file and returns an error if it is not as it was.
func (s *sums) check(dir, name string) error {
	want := s.files[name]
	got, err := sumOf(filepath.Join(dir, name))
	switch {
	case err != nil:
		return err
	case got.size != want.size:
		return fmt.Errorf("file %s has %d bytes, not %d", name, got.size, want.size)
	case got.crc != want.crc:
		return fmt.Errorf("file %s is not as it was written: its checksum is %08x, not %08x", name, got.crc, want.crc)
	}
	want.file = got.file
	s.files[name] = want
	return nil
}

// checkEnds returns what is wrong with what Badger reads of tables to open them.
func (s *sums) checkEnds(dir string) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		want := s.files[name]
		if filepath.Ext(name) != ".sst" {
			continue
		}
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		crc, err := readEnd(f, &want)
		if err == nil && crc != want.endCRC {
			err = fmt.Errorf("file %s is not as it was written: the checksum of its end is wrong", name)
		}
		errs = append(errs, err, f.Close())
	}
	return errors.Join(errs...)
}

// checkAll reads those of the files that keep keeps, and returns what is wrong
// with any.
func (s *sums) checkAll(dir string, keep func(name string) bool) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if keep(name) {
			errs = append(errs, s.check(dir, name))
		}
	}
	return errors.Join(errs...)
}

// oneLine puts errors that were joined into one line.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
