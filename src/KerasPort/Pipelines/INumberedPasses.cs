namespace KerasPort.Pipelines;

/// <summary>A data set whose passes differ by a number: setting it repeats that pass, for a resumed training.</summary>
internal interface INumberedPasses
{
    /// <summary>The number that determines the next pass, usually the passes begun so far.</summary>
    long Passes { get; set; }
}
