#:sdk Microsoft.NET.Sdk.Web
#:project ../src/KerasPort/KerasPort.csproj
#:project ../src/KerasPort.Pictures/KerasPort.Pictures.csproj
#:property PublishAot=false

// A web service in one file: a picture posted, ten probabilities back.
//
//     dotnet run -c Release samples/serve.cs
//     curl --data-binary @boot.png http://127.0.0.1:5000/predict
//
// The first start trains the model, later ones load it. All callers share it: their predictions run at the same time, and each gets
// the same answer as alone.

using KerasPort;
using KerasPort.Datasets;
using KerasPort.Models;
using KerasPort.Pictures;
using static KerasPort.Python;

const string Saved = "fashion.keras";

Model train()
{
    var ((x_train, y_train), _) = keras.datasets.fashion_mnist.load_data();
    var model = keras.Sequential([
        keras.Input(shape: (28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation: "relu"),
        keras.layers.Dense(10, activation: "softmax"),
    ]);
    model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
    model.fit(x_train / 255.0, y_train, epochs: 5);
    model.save(Saved);
    return model;
}

var model = File.Exists(Saved) ? keras.models.load_model(Saved) : train();

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1 << 20);
var app = builder.Build();

app.MapPost("/predict", async (HttpRequest request) =>
{
    var body = new MemoryStream();
    await request.Body.CopyToAsync(body);
    body.Position = 0;
    try
    {
        var picture = Image.open(body).convert("L");
        if (picture.size != (28, 28)) return Results.BadRequest($"The picture has {picture.width} x {picture.height} pixels, expected 28 x 28.");
        NDArray pixels = picture;
        var probabilities = model.predict(pixels.reshape(1, 28, 28) / 255.0, verbose: 0)[0];
        int best = (int)probabilities.argmax();
        return Results.Json(new { label = FashionMnist.Classes[best], probabilities = range(10).Select(i => (double)probabilities[i]) });
    }
    catch (DatasetException refused)
    {
        return Results.BadRequest(refused.Message);
    }
});

app.Run("http://127.0.0.1:5000");
