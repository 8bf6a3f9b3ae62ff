//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpuTime returns the time that the processors spent on this process: of use on
// machines that others work on too.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
