using System.Runtime.CompilerServices;

// Kernels keep tiles on the stack that they fill themselves; clearing them first would cost as much as the work.
[module: SkipLocalsInit]
