namespace KerasPort.Tests.Training;

public class LogsTests
{
    [Fact]
    public void Names_stay_in_the_order_in_which_they_came()
    {
        var logs = new Logs { ["loss"] = 1, ["accuracy"] = 2 };
        logs["loss"] = 3;
        logs["val_loss"] = 4;
        Assert.Equal(["loss", "accuracy", "val_loss"], logs.Keys);
        Assert.Equal([3, 2, 4], logs.Values);
        Assert.Equal(3, logs.Count);
        Assert.Equal(["loss", "accuracy", "val_loss"], ((IEnumerable<KeyValuePair<string, double>>)logs).Select(entry => entry.Key));
    }

    [Fact]
    public void A_name_that_is_not_there_gives_null_or_an_error_that_lists_the_names()
    {
        var logs = new Logs { ["loss"] = 1, ["accuracy"] = 2 };
        Assert.Null(logs.get("val_loss"));
        Assert.Equal(2, logs.get("accuracy"));
        Assert.False(logs.TryGetValue("acc", out _));
        Assert.Equal("There is no 'acc' in logs; there is: loss, accuracy.", Assert.Throws<ValueError>(() => logs["acc"]).Message);
    }

    [Fact]
    public void Setting_a_known_name_and_going_through_allocates_nothing()
    {
        var logs = new Logs { ["loss"] = 1, ["accuracy"] = 2 };
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                logs["accuracy"] = i;
                foreach (var (_, value) in logs) Assert.True(value >= 0);
            }
        }));
    }
}
