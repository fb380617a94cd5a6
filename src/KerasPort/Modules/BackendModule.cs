using KerasPort.Layers;
using KerasPort.Optimizers;

namespace KerasPort;

/// <summary><c>keras.backend</c>.</summary>
public sealed partial class BackendModule
{
    /// <summary>"tensorflow", the backend whose results the library reproduces.</summary>
    public string backend() => "tensorflow";

    /// <inheritdoc cref="UtilsModule.clear_session"/>
    public void clear_session() => Python.keras.utils.clear_session();

    /// <summary>The small number that is added to denominators and the like to keep them from 0: 1e-7.</summary>
    public double epsilon() => 1e-7;

    /// <summary>"float32", the type in which everything is computed.</summary>
    public string floatx() => "float32";

    /// <summary>A learning rate as a number.</summary>
    public double get_value(LearningRate x) => x.Value;

    /// <summary>A variable's value.</summary>
    public NDArray get_value(Variable x) => x.numpy();

    /// <summary>A number for a prefix, incremented with each call; default names of layers are made with it.</summary>
    public int get_uid(string prefix = "") => Names.Uid(prefix);

    /// <summary>The data format of images: "channels_last".</summary>
    public string image_data_format() => "channels_last";

    /// <summary>Whether a type is a floating-point type.</summary>
    public bool is_float_dtype(DType dtype) => dtype.IsInexact;

    /// <summary>Whether a type is an integer type.</summary>
    public bool is_int_dtype(DType dtype) => dtype.IsInteger;

    /// <inheritdoc cref="UtilsModule.is_keras_tensor"/>
    public bool is_keras_tensor(Tensor x) => x.IsSymbolic;

    /// <summary>The common type of several types.</summary>
    public string result_type(params DType[] dtypes) => (dtypes.Length == 0 ? DType.float32 : Graphs.DTypes.Joined(dtypes)).name;

    /// <summary>Sets the small number of <see cref="epsilon"/>; only the one in effect is accepted.</summary>
    /// <exception cref="ValueError">It is another number.</exception>
    public void set_epsilon(double value)
    {
        if (value != epsilon())
            throw new ValueError($"What is added where something must not be 0 is {PythonText.Str(epsilon())} here: give layers and losses their `epsilon`. "
            + $"Received: value={PythonText.Str(value)}");
    }

    /// <summary>Sets the type in which everything is computed; only float32 is accepted.</summary>
    /// <exception cref="ValueError">It is another type.</exception>
    public void set_floatx(string value)
    {
        if (value != floatx()) throw new ValueError($"Everything is computed in float32 here. Received: value={value}");
    }

    /// <summary>Sets the data format of images; only the one in effect is accepted.</summary>
    /// <exception cref="ValueError">It is another format.</exception>
    public void set_image_data_format(string data_format)
    {
        if (data_format != image_data_format())
            throw new ValueError($"Images lie channels_last here where a layer's `data_format` doesn't say otherwise. Received: data_format={data_format}");
    }

    /// <summary>Sets the learning rate of the optimizer that it belongs to: <c>K.set_value(model.optimizer.learning_rate, 0.01)</c>.</summary>
    /// <exception cref="ValueError">The rate doesn't belong to an optimizer.</exception>
    /// <exception cref="TypeError">The rate follows a schedule.</exception>
    public void set_value(LearningRate x, double value) =>
        (x.Of ?? throw new ValueError("`set_value` takes what an optimizer shows, such as model.optimizer.learning_rate. "
            + $"Received a number: {x}")).learning_rate = value;

    /// <summary>Sets a variable's value.</summary>
    /// <exception cref="ValueError">The value has another shape.</exception>
    public void set_value(Variable x, NDArray value) => x.assign(value);

    /// <inheritdoc cref="UtilsModule.standardize_dtype"/>
    public string standardize_dtype(DType? dtype) => Python.keras.utils.standardize_dtype(dtype);
}
