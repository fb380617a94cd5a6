using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>The description of a layer's weight: its name, its shape and how it gets its first values.</summary>
/// <param name="Name">Its name in the layer.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Initializer">The initializer; Glorot's uniform one where null.</param>
/// <param name="Trainable">Whether gradients change it; a moving mean, for one, is changed by the layer itself.</param>
/// <param name="Constraint">The constraint that is applied after each step of training; null for none.</param>
/// <param name="IsWhole">Whether it is a whole number, which files hold as int64; in memory it is float32, as any other.</param>
/// <param name="Regularizer">The regularizer, whose penalty is added to the loss; null for none.</param>
public readonly record struct Weight(
    string Name, int[] Shape, Initializer? Initializer, bool Trainable = true, Constraint? Constraint = null, bool IsWhole = false,
    Regularizer? Regularizer = null);
