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

    /// <summary>The system's own reason, not advice to install what is installed.</summary>
    [Theory]
    [InlineData(
        "Unable to load shared library 'tensorflow' or one of its dependencies. Try strace:\n/app/libtensorflow.so: cannot open shared object file: No such "
        + "file or directory\n/app/tensorflow: cannot open shared object file: No such file or directory\n",
        "/app/libtensorflow.so: cannot open shared object file: No such file or directory")]
    [InlineData(
        "Unable to load shared library 'tensorflow' or one of its dependencies. Try strace:\nlibcudart.so.11.0: cannot open shared object file: No such file "
        + "or directory\n/app/tensorflow: cannot open shared object file: No such file or directory\n",
        "libcudart.so.11.0: cannot open shared object file: No such file or directory")]
    [InlineData("Unable to load DLL 'tensorflow' or one of its dependencies: The specified module could not be found. (0x8007007E)",
        "Unable to load DLL 'tensorflow' or one of its dependencies: The specified module could not be found. (0x8007007E)")]
    public void Why_the_library_does_not_load_is_what_the_loader_says(string message, string reason) => Assert.Equal(reason, Runtime.LoadersReason(message));

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
