#:package TensorFlow.NET
#:package TensorFlow.Keras
#:package SciSharp.TensorFlow.Redist
#:property PublishAot=false

// The codelab on TensorFlow.Keras itself, without KerasPort: how the other C# Keras runs the Python lines.
//
//     dotnet run -c Release samples/tensorflow/codelab.cs [FOLDER of the four .gz files, by default Keras' own]
//
// It differs from Python in four places, numbered below.

using System.Buffers.Binary;
using System.IO.Compression;
using Tensorflow;
using Tensorflow.NumPy;
using static Tensorflow.KerasApi;

string folder = args.Length > 0 ? args[0]
    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".keras", "datasets", "fashion-mnist");

// A network of dense layers.

// 1. keras.datasets has mnist, cifar10 and imdb, but no fashion_mnist: load_data is a function of this program.
var ((training_images, training_labels), (test_images, test_labels)) = load_data();
training_images = training_images / 255.0f;
test_images = test_images / 255.0f;
var model = keras.Sequential([
    // 2. Flatten takes no input_shape; an InputLayer gives the shape instead.
    keras.layers.InputLayer((28, 28)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation: "relu"),
    keras.layers.Dense(10, activation: "softmax"),
]);
// 3. Given their names, "adam" and "sparse_categorical_crossentropy", compile would silently train RMSprop on the mean squared error.
model.compile(optimizer: keras.optimizers.Adam(), loss: keras.losses.SparseCategoricalCrossentropy(), metrics: ["accuracy"]);
model.fit(training_images, training_labels, epochs: 5);
var test = model.evaluate(test_images, test_labels);
Console.WriteLine($"Test loss: {test["loss"]}, Test accuracy: {test["accuracy"] * 100}");

// The same with convolutions in front.

((training_images, training_labels), (test_images, test_labels)) = load_data();
training_images = training_images.reshape((-1, 28, 28, 1));
training_images = training_images / 255.0f;
test_images = test_images.reshape((-1, 28, 28, 1));
test_images = test_images / 255.0f;
model = keras.Sequential([
    keras.layers.InputLayer((28, 28, 1)),
    keras.layers.Conv2D(64, (3, 3), activation: "relu"),
    keras.layers.MaxPooling2D((2, 2)),
    keras.layers.Conv2D(64, (3, 3), activation: "relu"),
    keras.layers.MaxPooling2D((2, 2)),
    keras.layers.Flatten(),
    // 4. The codelab's layers have a bias, as Dense always has here: its setting use_bias is never read.
    keras.layers.Dense(128, activation: "relu"),
    keras.layers.Dense(10, activation: "softmax"),
]);
model.compile(optimizer: keras.optimizers.Adam(), loss: keras.losses.SparseCategoricalCrossentropy(), metrics: ["accuracy"]);
model.summary();
model.fit(training_images, training_labels, epochs: 5);
test = model.evaluate(test_images, test_labels);
Console.WriteLine($"Test loss: {test["loss"]}, Test accuracy: {test["accuracy"] * 100}");

((NDArray, NDArray), (NDArray, NDArray)) load_data() => ((Images("train"), Labels("train")), (Images("t10k"), Labels("t10k")));

NDArray Images(string part)
{
    byte[] file = Unpacked($"{part}-images-idx3-ubyte.gz");
    int[] shape = [.. Enumerable.Range(1, 3).Select(i => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4 * i)))];
    return new NDArray(file[16..].Select(pixel => (float)pixel).ToArray(), new Shape(shape));
}

NDArray Labels(string part) => new(Unpacked($"{part}-labels-idx1-ubyte.gz")[8..].Select(label => (int)label).ToArray());

byte[] Unpacked(string name)
{
    using var file = new GZipStream(File.OpenRead(Path.Combine(folder, name)), CompressionMode.Decompress);
    var content = new MemoryStream();
    file.CopyTo(content);
    return content.ToArray();
}
