using KerasPort.Layers;

namespace KerasPort.Tests.Layers;

public class NameTests
{
    /// <summary>The right side is what keras.src.utils.naming.to_snake_case gives.</summary>
    [Theory]
    [InlineData("Conv2D", "conv2d")]
    [InlineData("MaxPooling2D", "max_pooling2d")]
    [InlineData("ReLU", "re_lu")]
    [InlineData("PReLU", "p_re_lu")]
    [InlineData("Conv1DTranspose", "conv1d_transpose")]
    [InlineData("MyConv2Dense", "my_conv2_dense")]
    [InlineData("A1Bc", "a1_bc")]
    [InlineData("ABcDe", "a_bc_de")]
    [InlineData("HTTPServer2X", "http_server2x")]
    [InlineData("EfficientNetV2B0", "efficient_net_v2b0")]
    [InlineData("AUC", "auc")]
    [InlineData("MeanIoU", "mean_io_u")]
    [InlineData("X9yZ", "x9y_z")]
    [InlineData("My_Layer", "my__layer")]
    [InlineData("Mine`1", "mine1")]
    public void Names_are_Keras_snake_case(string name, string snake) => Assert.Equal(snake, Names.SnakeCase(name));
}
