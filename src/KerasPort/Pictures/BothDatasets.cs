using KerasPort.Pipelines;

namespace KerasPort
{
    public abstract partial class Dataset
    {
        /// <summary>Deconstructs the two data sets of <c>image_dataset_from_directory(…, subset: "both")</c>: for training and for validation.</summary>
        /// <exception cref="ValueError">It is a single data set.</exception>
        public void Deconstruct(out Dataset training, out Dataset validation)
        {
            if (this is not Pictures.BothDatasets) throw new ValueError("This is one data set, which can't be taken apart: two come of subset: \"both\".");
            (training, validation) = (Inputs[0], Inputs[1]);
        }
    }
}

namespace KerasPort.Pictures
{
    /// <summary>Two data sets as one object, which can only be deconstructed.</summary>
    internal sealed class BothDatasets(Dataset training, Dataset validation) : Dataset(training, validation)
    {
        internal override long Count => throw AreTwo();

        internal override IEnumerator<Tensor> Open() => throw AreTwo();

        internal override string Describe() => "two data sets";

        private static ValueError AreTwo() => new("These are two data sets, take them apart: "
            + "var (train_ds, val_ds) = image_dataset_from_directory(…, subset: \"both\").");
    }
}
