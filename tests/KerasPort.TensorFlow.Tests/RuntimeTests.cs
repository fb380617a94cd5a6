using KerasPort.Engines;
using Xunit;

namespace KerasPort.TensorFlow.Tests;

/// <summary>The device that TensorFlow starts on, where there is no GPU.</summary>
public sealed class RuntimeTests
{
    [Theory]
    [InlineData("cpu", null, "-1")]
    [InlineData("cpu", "0,1", "-1")]
    [InlineData("gpu", null, "0")]
    [InlineData("gpu:1", "", "1")]
    [InlineData("gpu", "3, 5", "3")]
    [InlineData("gpu:1", "3, 5", "5")]
    [InlineData("gpu", "GPU-7a1b", "GPU-7a1b")]
    public void TensorFlow_sees_the_card_asked_for_and_no_other(string device, string? visible, string expected) =>
        Assert.Equal(expected, Runtime.VisibleDevices(device, visible));

    [Fact]
    public void A_card_that_is_not_visible_is_refused()
    {
        var error = Assert.Throws<EngineException>(() => Runtime.VisibleDevices("gpu:2", "3,5"));
        Assert.Equal("Device gpu:2 isn't there: CUDA_VISIBLE_DEVICES is 3,5, which names 2.", error.Message);
    }

    [Fact]
    public void A_process_stays_on_the_device_it_started_on()
    {
        var engine = new TensorFlowEngine("cpu", 2);
        Assert.Equal(("tensorflow", "cpu", 2), (engine.name, engine.device, engine.threads));
        Assert.EndsWith("(TensorFlow 2.16.2)", engine.version);
        var error = Assert.Throws<EngineException>(() => new TensorFlowEngine("gpu", 2));
        Assert.StartsWith("TensorFlow already runs on cpu with 2 threads", error.Message);
    }
}
