namespace KerasPort;

/// <summary>The types of computation and of variables: both float32, as everything here.</summary>
public sealed class DTypePolicy
{
    /// <summary>The policy of that name.</summary>
    /// <exception cref="ValueError">The name isn't "float32": there is no mixed precision.</exception>
    public DTypePolicy(string? name = null) => this.name = name is null or "float32" ? "float32"
        : throw new ValueError($"Everything is computed in float32 here: there is no mixed precision, and no other policy. Received: policy={name}");

    /// <summary>The name.</summary>
    public string name { get; }

    /// <summary>The type of computation.</summary>
    public string compute_dtype => name;

    /// <summary>The type of variables.</summary>
    public string variable_dtype => name;

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"<DTypePolicy \"{name}\">";

    /// <summary>The policy of that name.</summary>
    /// <exception cref="ValueError">The name isn't "float32".</exception>
    public static implicit operator DTypePolicy(string name) => new(name);
}
