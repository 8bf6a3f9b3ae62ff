package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"os"

	"github.com/dgraph-io/badger/v4/fb"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/badger/v4/y"
	"github.com/klauspost/compress/snappy"
	"google.golang.org/protobuf/proto"
)

// Badger reads its tables in goroutines of its own and ends the program over some
// that are damaged. So whatever may be damaged is first read here.
//
// A table is blocks, an index of them (a flatbuffer), the index's length [4], a
// checksum of the index (a protocol buffer) and its length [4]. A block is, packed
// by Snappy, entries, the offset of each [4], their number [4], a checksum of all
// that, and its length [4].

// maxBlock is more than a block takes unpacked: it ends with the entry, of some two
// megabytes at most, that fills it.
const maxBlock = 16 << 20

var errTable = errors.New("is no table, or cut short")

// tableBlocks yields the blocks of a table file, unpacked and without their
// checksums. For one that is damaged it yields an error and goes on with the next;
// if the file or its index cannot be read, it yields that error alone.
func tableBlocks(path string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		data, err := os.ReadFile(path)
		if err != nil {
			yield(nil, err)
			return
		}
		index, err := tableIndex(data)
		if err != nil {
			yield(nil, err)
			return
		}
		for i := range index.OffsetsLength() {
			var at fb.BlockOffset
			block, err := []byte(nil), errTable
			if index.Offsets(&at, i) {
				block, err = tableBlock(data, uint64(at.Offset()), uint64(at.Len()))
			}
			if err != nil {
				err = fmt.Errorf("block %d of %d: %w", i+1, index.OffsetsLength(), err)
			}
			if !yield(block, err) {
				return
			}
		}
	}
}

// tableIndex reads the index at the end of a table.
func tableIndex(data []byte) (*fb.TableIndex, error) {
	sum, rest, ok := cutLength(data)
	if !ok {
		return nil, errTable
	}
	index, _, ok := cutLength(rest)
	if !ok || len(index) == 0 || len(sum) == 0 { // nothing has a checksum, of nothing
		return nil, errTable
	}
	if err := checkSum(index, sum); err != nil {
		return nil, fmt.Errorf("its index: %w", err)
	}
	return fb.GetRootAsTableIndex(index, 0), nil
}

func tableBlock(data []byte, offset, length uint64) ([]byte, error) {
	if offset > uint64(len(data)) || length > uint64(len(data))-offset {
		return nil, errTable
	}
	if n, err := snappy.DecodedLen(data[offset : offset+length]); err != nil || n > maxBlock {
		return nil, errTable
	}
	block, err := snappy.Decode(nil, data[offset:offset+length])
	if err != nil {
		return nil, err
	}
	sum, block, ok := cutLength(block)
	if !ok {
		return nil, errTable
	}
	return block, checkSum(block, sum)
}

// cutLength takes what stands before its own length at the end of data.
func cutLength(data []byte) (last, before []byte, ok bool) {
	if len(data) < 4 {
		return nil, nil, false
	}
	data, n := data[:len(data)-4], uint64(binary.BigEndian.Uint32(data[len(data)-4:]))
	if n > uint64(len(data)) {
		return nil, nil, false
	}
	at := uint64(len(data)) - n
	return data[at:], data[:at], true
}

// checkSum returns an error unless sum, a protocol buffer, is that of data.
func checkSum(data, sum []byte) error {
	var want pb.Checksum
	if err := proto.Unmarshal(sum, &want); err != nil {
		return err
	}
	if want.Algo != pb.Checksum_CRC32C && want.Algo != pb.Checksum_XXHash64 {
		return fmt.Errorf("checksum of kind %d", want.Algo)
	}
	return y.VerifyChecksum(data, &want)
}

// checkTable returns the first error of a table file.
func checkTable(path string) error {
	for _, err := range tableBlocks(path) {
		if err != nil {
			return err
		}
	}
	return nil
}
