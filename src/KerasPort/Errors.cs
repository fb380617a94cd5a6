namespace KerasPort;

/// <summary>The base of every exception that the library throws on purpose. The message is one line for a person.</summary>
public abstract class KerasException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A value that does not fit, where Python Keras raises <c>ValueError</c>: a shape, a label, an unknown name.</summary>
public sealed class ValueError(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>A data set that is missing, cut short or not the file it should be.</summary>
public sealed class DatasetException(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>An engine or a device that was asked for and is not there.</summary>
public sealed class EngineException(string message, Exception? inner = null) : KerasException(message, inner);
