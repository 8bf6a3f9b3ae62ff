package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"github.com/dgraph-io/badger/v4/fb"
	"github.com/dgraph-io/badger/v4/y"
	"github.com/klauspost/compress/snappy"
)

// Badger's own reader ends a scan at a damaged block, or panics. What follows
// reads the same files block by block: a damaged block costs the rows in it and no
// others. Badger's table/builder.go, structs.go and memtable.go say what the bytes are; the
// tests compare what is read here with what Badger reads.

// entry is one version of a row, as Badger keeps it.
type entry struct {
	key     []byte
	version uint64
	meta    byte
	value   []byte // of metaPointer, where it lies
	lost    bool   // its record is damaged: there was a version, and what it said is not known
}

// Bits of entry.meta.
const (
	metaDeleted byte = 1 << 0
	metaPointer byte = 1 << 1 // the value lies in a value log
	metaTxn     byte = 1 << 6 // in a log: one of a transaction
	metaTxnEnd  byte = 1 << 7 // in a log: the transaction was written whole
)

// order sorts by key, and of one key the newest version first.
func (e *entry) order(o *entry) int {
	if c := bytes.Compare(e.key, o.key); c != 0 {
		return c
	}
	switch {
	case e.version > o.version:
		return -1
	case e.version < o.version:
		return 1
	}
	return 0
}

const (
	versionLen = 8 // at the end of each of Badger's keys: its version, counted down
	// maxBlock is more than a block takes unpacked: it ends with the entry, of some two
	// megabytes at most, that fills it.
	maxBlock = 16 << 20
)

// checksum is the form in which Badger keeps one: a protobuf of an algorithm, of
// which it takes that numbered 0, and the sum.
func checksum(b []byte) []byte {
	sum := crc32.Checksum(b, castagnoli)
	if sum == 0 {
		return nil
	}
	return binary.AppendUvarint([]byte{2 << 3}, uint64(sum))
}

// table is an open .sst file.
type table struct {
	name   string
	file   *os.File
	blocks []block      // in the order of their keys
	last   []byte       // the greatest key, or nil if that is unknown
	bad    map[int]bool // blocks that cannot be read
	index  tableIndex
}

// tableIndex is what the index of a table says of its rows.
type tableIndex struct {
	filter y.Filter // of the hashes of its keys (Bloom)
	newest uint64   // the greatest version
}

// block is a place in a table, and the first key there.
type block struct {
	first        []byte
	offset, size int64
}

// openTable reads the index of a table. A damaged index is returned as an error,
// together with the table of those blocks that are found by it and are whole, or nil.
func openTable(path string) (*table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	t := &table{name: filepath.Base(path), file: f, bad: map[int]bool{}}
	if t.blocks, t.index, err = readIndex(f); err != nil {
		t.keepWhole()
	}
	if len(t.blocks) == 0 {
		f.Close()
		return nil, err
	}
	if entries, failed := t.read(len(t.blocks) - 1); failed == nil {
		t.last = entries[len(entries)-1].key
	}
	return t, err
}

func (t *table) close() error { return t.file.Close() }

// readIndex returns the blocks of a table by its index, which stands before its
// end. With a checksum that is wrong it returns what it can make of the index.
func readIndex(f *os.File) (blocks []block, of tableIndex, err error) {
	defer func() {
		if p := recover(); p != nil { // flatbuffers, over damaged offsets
			err = errors.New("its index is damaged")
		}
	}()
	index, end, err := indexBytes(f)
	if index == nil {
		return nil, of, err
	}
	root := fb.GetRootAsTableIndex(index, 0)
	if err == nil {
		of = tableIndex{root.BloomFilterBytes(), root.MaxVersion()}
	}
	for i := range root.OffsetsLength() {
		var at fb.BlockOffset
		if !root.Offsets(&at, i) {
			break
		}
		key := at.KeyBytes()
		if len(key) < versionLen || int64(at.Offset())+int64(at.Len()) > end {
			err = errors.New("its index is damaged")
			continue
		}
		blocks = append(blocks, block{bytes.Clone(key[:len(key)-versionLen]), int64(at.Offset()), int64(at.Len())})
	}
	return blocks, of, err
}

// indexBytes returns the index of a table, a flatbuffer, and where it begins. With
// a checksum that is wrong it is returned together with an error.
func indexBytes(f *os.File) (index []byte, end int64, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	end = info.Size()
	before := func(n int64) ([]byte, error) {
		if n < 0 || n > end {
			return nil, errors.New("its end is damaged, or cut off")
		}
		end -= n
		b := make([]byte, n)
		_, err := f.ReadAt(b, end)
		return b, err
	}
	sized := func() ([]byte, error) {
		size, err := before(4)
		if err != nil {
			return nil, err
		}
		return before(int64(binary.BigEndian.Uint32(size)))
	}
	sum, err := sized()
	if err != nil {
		return nil, 0, err
	}
	if index, err = sized(); err != nil {
		return nil, 0, err
	}
	if len(index) == 0 || !bytes.Equal(sum, checksum(index)) {
		err = errors.New("its index is damaged")
	}
	return index, end, err
}

// keepWhole leaves only blocks that can be read, with their own first keys.
func (t *table) keepWhole() {
	var whole []block
	for i, b := range t.blocks {
		if entries, err := t.read(i); err == nil {
			b.first = entries[0].key
			whole = append(whole, b)
		}
	}
	slices.SortFunc(whole, func(a, b block) int { return bytes.Compare(a.first, b.first) })
	t.blocks = whole
}

// read returns the entries of block i, of which there is at least one.
func (t *table) read(i int) ([]entry, error) {
	b := t.blocks[i]
	packed := make([]byte, b.size)
	if _, err := t.file.ReadAt(packed, b.offset); err != nil {
		return nil, err
	}
	data, err := unpackBlock(nil, packed)
	if err != nil {
		return nil, err
	}
	return parseBlock(data)
}

// unpackBlock unpacks a block, into dst if it is long enough, and compares it with
// the checksum at its end: of all before it, and followed by its size.
func unpackBlock(dst, packed []byte) ([]byte, error) {
	if n, err := snappy.DecodedLen(packed); err != nil || n > maxBlock {
		return nil, errors.New("cannot be unpacked")
	}
	data, err := snappy.Decode(dst, packed)
	if err != nil {
		return nil, errors.New("cannot be unpacked")
	}
	end := len(data) - 4
	if end < 0 {
		return nil, errors.New("it is too short")
	}
	size := int64(binary.BigEndian.Uint32(data[end:]))
	if size > int64(end) {
		return nil, errors.New("its checksum is wrong")
	}
	data, sum := data[:end-int(size)], data[end-int(size):end]
	if !bytes.Equal(sum, checksum(data)) {
		return nil, errors.New("its checksum is wrong")
	}
	return data, nil
}

// parseBlock takes apart entries, their offsets [4 each] and the number of those
// [4].
func parseBlock(data []byte) ([]entry, error) {
	cut := func(n int) (tail []byte) {
		if n < 0 || n > len(data) {
			return nil
		}
		data, tail = data[:len(data)-n], data[len(data)-n:]
		return tail
	}
	count := cut(4)
	if count == nil {
		return nil, errors.New("it is too short")
	}
	n := int(binary.BigEndian.Uint32(count))
	offsets := cut(4 * n)
	if n == 0 || offsets == nil {
		return nil, errors.New("it has no entries")
	}
	entries := make([]entry, n)
	var base []byte
	for i := range entries {
		from, to := int(binary.NativeEndian.Uint32(offsets[4*i:])), len(data)
		if i+1 < n {
			to = int(binary.NativeEndian.Uint32(offsets[4*i+4:]))
		}
		if from < 0 || from > to || to > len(data) || !entries[i].parse(data[from:to], base) {
			return nil, fmt.Errorf("its entry %d cannot be read", i)
		}
		if i == 0 { // the base: all of its key is written out
			base = versioned(&entries[0])
		}
	}
	return entries, nil
}

// parse reads an entry of a block: how much of the base key it shares [2], the
// length of the rest [2], the rest, meta [1], user meta [1], expiry (varint), value.
func (e *entry) parse(b, base []byte) bool {
	if len(b) < 4 {
		return false
	}
	shared, rest := int(binary.NativeEndian.Uint16(b)), int(binary.NativeEndian.Uint16(b[2:]))
	b = b[4:]
	if shared > len(base) || rest+2 > len(b) || shared+rest < versionLen {
		return false
	}
	e.setKey(slices.Concat(base[:shared], b[:rest]))
	b = b[rest:]
	e.meta = b[0]
	_, n := binary.Uvarint(b[2:])
	if n <= 0 {
		return false
	}
	e.value = b[2+n:]
	return true
}

// setKey takes one of Badger's keys, with its version.
func (e *entry) setKey(key []byte) {
	n := len(key) - versionLen
	e.key, e.version = key[:n:n], math.MaxUint64-binary.BigEndian.Uint64(key[n:])
}

func versioned(e *entry) []byte {
	return binary.BigEndian.AppendUint64(slices.Clone(e.key), math.MaxUint64-e.version)
}

// checkTable returns what is wrong with a table file.
func checkTable(path string) error {
	t, err := openTable(path)
	if t == nil || err != nil {
		if t != nil {
			err = errors.Join(err, t.close())
		}
		return err
	}
	errs := t.damage()
	switch len(errs) {
	case 0:
		return t.close()
	case 1:
		return errors.Join(errs[0], t.close())
	}
	return errors.Join(fmt.Errorf("%w, and %d more", errs[0], len(errs)-1), t.close())
}

// damage reads the table, and returns an error for each block that cannot be read.
func (t *table) damage() []error {
	var errs []error
	for i, b := range t.blocks {
		if _, err := t.read(i); err != nil {
			t.bad[i] = true
			errs = append(errs, fmt.Errorf("block %d of %d, from %s: %w", i+1, len(t.blocks), keyWords(b.first), err))
		}
	}
	return errs
}

// hides reports whether a block that cannot be read may hold a newer version of a
// row. It is wrong for one row in a hundred of those between the keys of the block.
func (t *table) hides(e *entry) bool {
	if len(t.bad) == 0 || t.index.newest <= e.version {
		return false
	}
	after := sort.Search(len(t.blocks), func(i int) bool { return bytes.Compare(t.blocks[i].first, e.key) > 0 })
	first := after - 1 // versions of a key may lie in several blocks
	for first > 0 && bytes.Equal(t.blocks[first].first, e.key) {
		first--
	}
	for i := max(0, first); i < after; i++ {
		if t.bad[i] {
			return t.index.filter.MayContain(y.Hash(e.key))
		}
	}
	return false
}

// tableCursor goes through the entries of a table, and over blocks that cannot be
// read.
type tableCursor struct {
	table   *table
	block   int // next to read
	entries []entry
}

// from returns a cursor before the first entry with a key of at least key, but
// for those of one block that come before it.
func (t *table) from(key []byte) *tableCursor {
	i := sort.Search(len(t.blocks), func(i int) bool { return bytes.Compare(t.blocks[i].first, key) >= 0 })
	return &tableCursor{table: t, block: max(0, i-1)}
}

func (c *tableCursor) next() (entry, bool) {
	for len(c.entries) == 0 {
		if c.block == len(c.table.blocks) {
			return entry{}, false
		}
		c.entries, _ = c.table.read(c.block) // damage tells of those that fail
		c.block++
	}
	e := c.entries[0]
	c.entries = c.entries[1:]
	return e, true
}

// logHeader is what stands before the records of a log: the number of a key, which
// is 0 as nothing is encrypted, and a random number.
const logHeader = 20

// readLog returns the entries of a write-ahead log (.mem) of the transactions that
// were written whole, sorted, and an error if a record of one of them is
// damaged. The first zero byte where a record should begin ends the log: the file
// is longer than what is in it.
func readLog(path string) ([]entry, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all, txn []entry
	bad := 0
	for at := logHeader; at < len(data); {
		e, n, whole := parseRecord(data[at:])
		if n == 0 {
			break
		}
		at += n
		switch {
		case !whole:
			bad++
			if e.lost {
				all = append(all, e)
			}
		case e.meta&metaTxnEnd != 0:
			all, txn = append(all, txn...), nil
		case e.meta&metaTxn != 0:
			if len(txn) > 0 && txn[0].version != e.version { // that one was never ended
				txn = nil
			}
			txn = append(txn, e)
		default:
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return a.order(&b) })
	if bad > 0 {
		err = fmt.Errorf("%d damaged records", bad)
	}
	return all, err
}

// parseRecord reads a record of a log: meta [1], user meta [1], lengths of key and
// value and the expiry (varints), key, value, checksum [4]. It returns its length,
// 0 if there is none, and whether the checksum is right.
func parseRecord(b []byte) (e entry, n int, whole bool) {
	if len(b) < 2 || b[0] == 0 && b[1] == 0 && bytes.Count(b[:min(len(b), 22)], []byte{0}) == min(len(b), 22) {
		return e, 0, false
	}
	var lengths [3]uint64
	at := 2
	for i := range lengths {
		v, n := binary.Uvarint(b[at:])
		if n <= 0 {
			return e, 0, false
		}
		lengths[i], at = v, at+n
	}
	key, value := lengths[0], lengths[1]
	if key == 0 || key > math.MaxUint16 || value > uint64(len(b)) || uint64(at)+key+value+4 > uint64(len(b)) {
		return e, 0, false
	}
	end := at + int(key+value)
	n = end + 4
	if key < versionLen {
		return e, n, false
	}
	e.meta, e.value = b[0], b[at+int(key):end]
	e.setKey(b[at : at+int(key)])
	e.lost = binary.BigEndian.Uint32(b[end:]) != crc32.Checksum(b[:end], castagnoli)
	return e, n, !e.lost
}

// logged returns the value to which one with metaPointer points: the number of a
// value log [4], length [4] and offset [4] of a record in it.
func logged(dir string, pointer []byte) ([]byte, error) {
	if len(pointer) != 12 {
		return nil, errors.New("it does not point into a value log")
	}
	number := binary.NativeEndian.Uint32
	name := fmt.Sprintf("%06d.vlog", number(pointer))
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, min(number(pointer[4:]), 2*maxValue))
	if _, err := f.ReadAt(b, int64(number(pointer[8:]))); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	e, _, whole := parseRecord(b)
	if !whole {
		return nil, fmt.Errorf("its record in %s is damaged", name)
	}
	return e.value, nil
}
