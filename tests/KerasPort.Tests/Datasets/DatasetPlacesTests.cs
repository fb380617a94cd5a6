using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

public sealed class DatasetPlacesTests
{
    [Theory]
    [InlineData(null, "/home/ada", "/home/ada/.keras")]
    [InlineData("", "/home/ada", "/home/ada/.keras")]
    [InlineData("/srv/keras", "/home/ada", "/srv/keras")]
    [InlineData("~", "/home/ada", "/home/ada")]
    [InlineData("~/k", "/home/ada", "/home/ada/k")]
    [InlineData("~k", "/home/ada", null)]
    public void The_cache_is_where_Keras_has_it(string? kerasHome, string home, string? expected)
    {
        var places = DatasetPlaces.Of("fashion-mnist", name => name == "KERAS_HOME" ? kerasHome : null, home);
        Assert.Null(places.Given);
        Assert.Equal([$"{expected ?? Path.GetFullPath("~k")}/datasets/fashion-mnist", "/tmp/.keras/datasets/fashion-mnist"], places.Caches);
        Assert.Equal("/usr/share/datasets/fashion-mnist", places.Installed);
    }

    [Fact]
    public void Without_a_home_it_is_in_tmp() =>
        Assert.Equal(["/tmp/.keras/datasets/x"], DatasetPlaces.Of("x", _ => null, "").Caches);

    [Theory]
    [InlineData("/data", "/data")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_folder_can_be_given(string? variable, string? given) =>
        Assert.Equal(given, DatasetPlaces.Of("x", name => name == "KERASPORT_DATA" ? variable : null, "/h").Given);
}
