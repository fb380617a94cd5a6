using Xunit.Sdk;
using Xunit.v3;

// The last recorded call, the console and the seeds are shared by the process.
[assembly: Parallelization(Mode = ParallelMode.None)]
