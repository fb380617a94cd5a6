using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Tests.Engines;

/// <summary>
/// The definition of every kernel in double. Other engines are compared with it, recorded Keras behaviour is checked on it, and the shared
/// executor runs on it like on any engine.
/// </summary>
internal class ReferenceKernels(int resultsAtATime = 1) : HostKernels<double, DoubleMath>
{
    /// <summary>As on an engine where reading means waiting.</summary>
    public override int ResultsAtATime => resultsAtATime;
}
