namespace KerasPort;

/// <summary>What is computed in, and what variables are of: float32, as everything here.</summary>
public sealed class DTypePolicy
{
    /// <summary>The policy of that name.</summary>
    /// <exception cref="ValueError">Another than "float32": there is no mixed precision.</exception>
    public DTypePolicy(string? name = null) => this.name = name is null or "float32" ? "float32"
        : throw new ValueError($"Everything is computed in float32 here: there is no mixed precision, and no other policy. Received: policy={name}");

    /// <summary>The name.</summary>
    public string name { get; }

    /// <summary>What is computed in.</summary>
    public string compute_dtype => name;

    /// <summary>What variables are of.</summary>
    public string variable_dtype => name;

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"<DTypePolicy \"{name}\">";

    /// <summary>The policy of that name.</summary>
    /// <exception cref="ValueError">There is no other than "float32".</exception>
    public static implicit operator DTypePolicy(string name) => new(name);
}
