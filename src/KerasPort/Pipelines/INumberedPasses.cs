namespace KerasPort.Pipelines;

/// <summary>A data set of which each pass is another, by a number: who sets that goes through the same one again.</summary>
internal interface INumberedPasses
{
    /// <summary>What the next pass follows from: passes, or whatever else is counted, that have begun.</summary>
    long Passes { get; set; }
}
