using Xunit.Sdk;
using Xunit.v3;

// Seeds, names, the current engine and the console belong to the process, as in Keras; and the engine uses every core anyway.
[assembly: Parallelization(Mode = ParallelMode.None)]
