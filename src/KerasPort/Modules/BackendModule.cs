using KerasPort.Layers;
using KerasPort.Optimizers;

namespace KerasPort;

/// <summary><c>keras.backend</c>.</summary>
public sealed class BackendModule
{
    /// <summary>"tensorflow", whose results these are.</summary>
    public string backend() => "tensorflow";

    /// <inheritdoc cref="UtilsModule.clear_session"/>
    public void clear_session() => Python.keras.utils.clear_session();

    /// <summary>The small number that is added where something must not be 0.</summary>
    public double epsilon() => 1e-7;

    /// <summary>"float32", what everything is computed in.</summary>
    public string floatx() => "float32";

    /// <summary>An optimizer's rate as a number.</summary>
    public double get_value(LearningRate x) => x.Value;

    /// <summary>A variable's value.</summary>
    public NDArray get_value(Variable x) => x.numpy();

    /// <summary>A number for a prefix that is one more each time; names of layers are made of these.</summary>
    public int get_uid(string prefix = "") => Names.Uid(prefix);

    /// <summary>The axis order of images: "channels_last".</summary>
    public string image_data_format() => "channels_last";

    /// <summary>Whether a type has fractions.</summary>
    public bool is_float_dtype(DType dtype) => dtype.IsInexact;

    /// <summary>Whether a type is one of whole numbers.</summary>
    public bool is_int_dtype(DType dtype) => dtype.IsInteger;

    /// <inheritdoc cref="UtilsModule.is_keras_tensor"/>
    public bool is_keras_tensor(Tensor x) => x.IsSymbolic;

    /// <summary>The type that holds what is of several types.</summary>
    public string result_type(params DType[] dtypes) => (dtypes.Length == 0 ? DType.float32 : Graphs.DTypes.Joined(dtypes)).name;

    /// <summary>Says what is added where something must not be 0: what it is already.</summary>
    /// <exception cref="ValueError">Another number.</exception>
    public void set_epsilon(double value)
    {
        if (value != epsilon())
            throw new ValueError($"What is added where something must not be 0 is {PythonText.Str(epsilon())} here: give layers and losses their `epsilon`. "
            + $"Received: value={PythonText.Str(value)}");
    }

    /// <summary>Says that all is computed in float32, which it is.</summary>
    /// <exception cref="ValueError">Another type.</exception>
    public void set_floatx(string value)
    {
        if (value != floatx()) throw new ValueError($"Everything is computed in float32 here. Received: value={value}");
    }

    /// <summary>Sets the default axis order of images; only the one in effect is accepted.</summary>
    /// <exception cref="ValueError">Another format.</exception>
    public void set_image_data_format(string data_format)
    {
        if (data_format != image_data_format())
            throw new ValueError($"Images lie channels_last here where a layer's `data_format` doesn't say otherwise. Received: data_format={data_format}");
    }

    /// <summary>Sets the rate of the optimizer that shows it: <c>K.set_value(model.optimizer.learning_rate, 0.01)</c>.</summary>
    /// <exception cref="ValueError">No optimizer shows it.</exception>
    /// <exception cref="TypeError">It follows a schedule.</exception>
    public void set_value(LearningRate x, double value) =>
        (x.Of ?? throw new ValueError("`set_value` takes what an optimizer shows, such as model.optimizer.learning_rate. "
            + $"Received a number: {x}")).learning_rate = value;

    /// <summary>Sets a variable's value.</summary>
    /// <exception cref="ValueError">It has another shape.</exception>
    public void set_value(Variable x, NDArray value) => x.assign(value);

    /// <inheritdoc cref="UtilsModule.standardize_dtype"/>
    public string standardize_dtype(DType? dtype) => Python.keras.utils.standardize_dtype(dtype);
}
