using Tensorflow.Device;
using Tensorflow.Framework;

namespace Tensorflow
{
    public static class Binding
    {
        public static tensorflow tf { get; } = new();

        public static TextWriter tf_output_redirect { get; set; } = Console.Out;
    }

    public class tensorflow
    {
        public string VERSION => "2.16.2";

        public ConfigImpl config => new();

        public Tensor identity(Tensor input, string? name = null) => input;
    }
}

namespace Tensorflow.Framework
{
    public class ConfigImpl
    {
        public PhysicalDevice[] list_physical_devices(string? device_type = null) => [];
    }
}

namespace Tensorflow.Device
{
    public class PhysicalDevice;
}
