#include "textflag.h"

// func addAVX2(n int, x, y *float32)
TEXT ·addAVX2(SB), NOSPLIT, $0-24
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), SI
	MOVQ y+16(FP), DI
	SUBQ $32, CX
	JL   tailAdd

loopAdd:
	VMOVUPS (SI), Y0
	VMOVUPS 32(SI), Y1
	VMOVUPS 64(SI), Y2
	VMOVUPS 96(SI), Y3
	VADDPS (DI), Y0, Y0
	VADDPS 32(DI), Y1, Y1
	VADDPS 64(DI), Y2, Y2
	VADDPS 96(DI), Y3, Y3
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, 64(DI)
	VMOVUPS Y3, 96(DI)
	ADDQ $128, SI
	ADDQ $128, DI
	SUBQ $32, CX
	JGE  loopAdd

tailAdd:
	ADDQ $32, CX
	JZ   doneAdd

eightAdd:
	VMOVUPS (SI), Y0
	VADDPS (DI), Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ  eightAdd

doneAdd:
	VZEROUPPER
	RET

// func leakAVX2(n int, slope float32, x *float32)
TEXT ·leakAVX2(SB), NOSPLIT, $0-24
	MOVQ n+0(FP), CX
	VBROADCASTSS slope+8(FP), Y2
	MOVQ x+16(FP), SI

loopLeak:
	VMOVUPS (SI), Y0
	VMULPS Y2, Y0, Y1
	VMAXPS Y1, Y0, Y0
	VMOVUPS Y0, (SI)
	ADDQ $32, SI
	SUBQ $8, CX
	JNZ  loopLeak
	VZEROUPPER
	RET
