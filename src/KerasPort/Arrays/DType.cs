namespace KerasPort;

/// <summary>The element types of an <see cref="NDArray"/>.</summary>
public enum DType
{
    /// <summary>True or False, what a comparison gives.</summary>
    @bool,

    /// <summary>Bytes, as images are stored.</summary>
    uint8,

    /// <summary>32-bit integers.</summary>
    int32,

    /// <summary>64-bit integers, what argmax gives.</summary>
    int64,

    /// <summary>32-bit floats, what every engine computes in.</summary>
    float32,

    /// <summary>64-bit floats, what arithmetic of integers and fractions gives.</summary>
    float64,
}
