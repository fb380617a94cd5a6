using Xunit.Sdk;
using Xunit.v3;

// What was sent down last, the console and the seeds are the process's own.
[assembly: Parallelization(Mode = ParallelMode.None)]
