// Package structure says how a network hangs together: its components and weak
// places, its triangles, who is a friend of whose friends, and who is like whom.
//
// Every answer is a pure function of the network and the options, and the same
// bytes from run to run. Costs are given in n nodes and m edges.
package structure
