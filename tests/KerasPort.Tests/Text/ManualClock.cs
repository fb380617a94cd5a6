namespace KerasPort.Tests.Text;

/// <summary>A clock that stands where a test puts it.</summary>
internal sealed class ManualClock(long frequency) : TimeProvider
{
    public long Now { get; set; }

    public override long TimestampFrequency => frequency;

    public override long GetTimestamp() => Now;
}
