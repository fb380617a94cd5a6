namespace KerasPort;

/// <summary><c>keras.config</c>, what of it is the same for all of a program.</summary>
public sealed class ConfigModule
{
    private bool _filtersTraces = true;

    /// <inheritdoc cref="BackendModule.backend"/>
    public string backend() => Python.keras.backend.backend();

    /// <summary>From now on what models say while they train is shown, as it is at the beginning.</summary>
    public void enable_interactive_logging() => Messages.AreShown = true;

    /// <summary>From now on what models say while they train, and <c>summary</c>, isn't shown.</summary>
    public void disable_interactive_logging() => Messages.AreShown = false;

    /// <summary>As it may be: an exception here comes from where it is thrown, and no call is left out of what it shows.</summary>
    public void disable_traceback_filtering() => _filtersTraces = false;

    /// <inheritdoc cref="disable_traceback_filtering"/>
    public void enable_traceback_filtering() => _filtersTraces = true;

    /// <summary>The value last set; true at first.</summary>
    public bool is_traceback_filtering_enabled() => _filtersTraces;

    /// <inheritdoc cref="BackendModule.epsilon"/>
    public double epsilon() => Python.keras.backend.epsilon();

    /// <inheritdoc cref="BackendModule.floatx"/>
    public string floatx() => Python.keras.backend.floatx();

    /// <inheritdoc cref="BackendModule.image_data_format"/>
    public string image_data_format() => Python.keras.backend.image_data_format();

    /// <summary>Whether what models say is shown.</summary>
    public bool is_interactive_logging_enabled() => Messages.AreShown;

    /// <inheritdoc cref="BackendModule.set_epsilon"/>
    public void set_epsilon(double value) => Python.keras.backend.set_epsilon(value);

    /// <inheritdoc cref="BackendModule.set_floatx"/>
    public void set_floatx(string value) => Python.keras.backend.set_floatx(value);

    /// <inheritdoc cref="BackendModule.set_image_data_format"/>
    public void set_image_data_format(string data_format) => Python.keras.backend.set_image_data_format(data_format);

    /// <summary>Says that all is computed in float32, which it is.</summary>
    /// <exception cref="ValueError">Another type: there is none, and nothing mixed.</exception>
    public void set_dtype_policy(DTypePolicy policy) => _ = policy;

    /// <summary>The policy of computation: float32.</summary>
    public DTypePolicy dtype_policy() => "float32";
}
