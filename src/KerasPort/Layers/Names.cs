using System.Text;

namespace KerasPort.Layers;

/// <summary>The names that layers and models get when none is given: <c>dense</c>, <c>dense_1</c>, <c>conv2d</c>, <c>max_pooling2d</c>.</summary>
internal static class Names
{
    private static readonly Dictionary<string, int> s_used = [];

    /// <summary>Keras' to_snake_case: Conv2D -> conv2d, MaxPooling2D -> max_pooling2d.</summary>
    public static string SnakeCase(Type type) => SnakeCase(type.Name);

    public static string SnakeCase(string name)
    {
        // Keras' two patterns, (.)([A-Z][a-z]+) and ([a-z])([A-Z]), as a loop: the first layer shouldn't wait until regular expressions are compiled.
        var snake = new StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            bool beginsWord = i > 0 && char.IsAsciiLetterUpper(name[i])
                && (char.IsAsciiLetterLower(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if (beginsWord) snake.Append('_');
            if (char.IsLetterOrDigit(name[i]) || name[i] == '_') snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    public static string Unique(Type type) => Unique(SnakeCase(type));

    public static string Unique(string name)
    {
        lock (s_used)
        {
            int count = s_used.GetValueOrDefault(name);
            s_used[name] = count + 1;
            return count == 0 ? name : $"{name}_{count}";
        }
    }

    /// <summary>The number of times that a name has been asked for, including this time.</summary>
    public static int Uid(string prefix)
    {
        lock (s_used) return s_used[prefix] = s_used.GetValueOrDefault(prefix) + 1;
    }

    /// <summary>Starts counting anew, as <c>keras.utils.clear_session()</c> does.</summary>
    public static void Clear()
    {
        lock (s_used) s_used.Clear();
    }
}
