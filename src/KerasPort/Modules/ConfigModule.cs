namespace KerasPort;

/// <summary><c>keras.config</c>: settings of the whole program.</summary>
public sealed class ConfigModule
{
    private bool _filtersTraces = true;

    /// <inheritdoc cref="BackendModule.backend"/>
    public string backend() => Python.keras.backend.backend();

    /// <summary>Shows the output of models during training and of <c>summary</c> from now on, which is the default.</summary>
    public void enable_interactive_logging() => Messages.AreShown = true;

    /// <summary>Hides the output of models during training and of <c>summary</c> from now on.</summary>
    public void disable_interactive_logging() => Messages.AreShown = false;

    /// <summary>Has no effect: stack traces are never filtered.</summary>
    public void disable_traceback_filtering() => _filtersTraces = false;

    /// <inheritdoc cref="disable_traceback_filtering"/>
    public void enable_traceback_filtering() => _filtersTraces = true;

    /// <summary>The value that was last set; true at first.</summary>
    public bool is_traceback_filtering_enabled() => _filtersTraces;

    /// <inheritdoc cref="BackendModule.epsilon"/>
    public double epsilon() => Python.keras.backend.epsilon();

    /// <inheritdoc cref="BackendModule.floatx"/>
    public string floatx() => Python.keras.backend.floatx();

    /// <inheritdoc cref="BackendModule.image_data_format"/>
    public string image_data_format() => Python.keras.backend.image_data_format();

    /// <summary>Whether the output of models is shown.</summary>
    public bool is_interactive_logging_enabled() => Messages.AreShown;

    /// <inheritdoc cref="BackendModule.set_epsilon"/>
    public void set_epsilon(double value) => Python.keras.backend.set_epsilon(value);

    /// <inheritdoc cref="BackendModule.set_floatx"/>
    public void set_floatx(string value) => Python.keras.backend.set_floatx(value);

    /// <inheritdoc cref="BackendModule.set_image_data_format"/>
    public void set_image_data_format(string data_format) => Python.keras.backend.set_image_data_format(data_format);

    /// <summary>Sets the policy of computation; only float32 is accepted.</summary>
    /// <exception cref="ValueError">It is another type, or a mixed one.</exception>
    public void set_dtype_policy(DTypePolicy policy) => _ = policy;

    /// <summary>The policy of computation: float32.</summary>
    public DTypePolicy dtype_policy() => "float32";
}
