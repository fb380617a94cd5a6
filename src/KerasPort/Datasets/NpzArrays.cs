using KerasPort.Saving.Npy;

namespace KerasPort.Datasets;

/// <summary>Arrays by name in an .npz file, as Keras keeps its smaller data sets.</summary>
/// <param name="Name">The name under which every folder holds it.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Of all of them.</param>
/// <param name="Members">The arrays that are wanted, in this order.</param>
internal sealed record NpzArrays(string Name, long Size, string Sha256, params string[] Members) : WholeDatasetFile(Name, Size, Sha256)
{
    protected override NDArray[] Read(Stream file) => [.. Members.Select(member => NpzFormat.Read(file, member))];
}
