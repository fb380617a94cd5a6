using System.Runtime.CompilerServices;

// Kernels fill their tiles on the stack themselves. Clearing them first would cost as much as the work.
[module: SkipLocalsInit]
