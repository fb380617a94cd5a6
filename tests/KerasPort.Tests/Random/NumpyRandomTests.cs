using KerasPort.Random;
using KerasPort.Tests.Arrays;

namespace KerasPort.Tests.Random;

/// <summary>numpy's numbers from a seed, bit for bit.</summary>
public class NumpyRandomTests
{
    private static readonly NDArray s_matrix = np.arange(154).reshape(77, 2), s_three = new(new[] { 0.2, 0.3, 0.5 });

    private static readonly Dictionary<string, Func<object>> s_cases = new()
    {
        ["np.random.seed(42); np.random.rand(3, 2)"] = () => Seeded(42, () => np.random.rand(3, 2)),
        ["np.random.seed(42); [np.random.rand(), np.random.randn(), np.random.randint(10), np.random.choice(5), np.random.uniform(), np.random.normal()]"] =
            () =>
            Seeded(42, () => (object[])[np.random.rand(), np.random.randn(), np.random.randint(10), np.random.choice(5),
                np.random.uniform(), np.random.normal()]),
        ["np.random.seed(1); [np.random.random(), np.random.random((2, 3)), np.random.random_sample(4), np.random.standard_normal(3)]"] = () =>
            Seeded(1, () => (object[])[np.random.random(), np.random.random((2, 3)), np.random.random_sample(4), np.random.standard_normal(3)]),
        ["np.random.seed(7); np.random.shuffle(x := np.arange(10)); x"] = () => Seeded(7, () => Shuffled(np.random, np.arange(10))),
        ["r = np.random.RandomState(0); r.rand(9)"] = () => State(0).rand(9),
        ["r = np.random.RandomState(4294967295); r.rand(700)"] = () => State(4294967295).rand(700),
        ["r = np.random.RandomState(0); r.randn(700)"] = () => State(0).randn(700),
        ["r = np.random.RandomState(42); [r.randn(3), r.randn(2, 2)]"] = () => With(State(42), r => (object[])[r.randn(3), r.randn(2, 2)]),
        ["r = np.random.RandomState(42); r.normal(2, 3, 9)"] = () => State(42).normal(2, 3, 9),
        ["r = np.random.RandomState(42); r.normal(loc=0.5, scale=0.1, size=(2, 3))"] = () => State(42).normal(loc: 0.5, scale: 0.1, size: (2, 3)),
        ["r = np.random.RandomState(42); r.normal([1.0, 2.0], [[3], [0.5]])"] = () =>
            State(42).normal(new[] { 1.0, 2.0 }, new NDArray(new[] { 3, 0.5 }, 2, 1)),
        ["r = np.random.RandomState(42); r.uniform(-1, 3, 9)"] = () => State(42).uniform(-1, 3, 9),
        ["r = np.random.RandomState(42); r.uniform([0, 10], 20, size=(3, 2))"] = () => State(42).uniform(new[] { 0, 10 }, 20, size: (3, 2)),
        ["r = np.random.RandomState(42); r.uniform(size=4)"] = () => State(42).uniform(size: 4),
        ["r = np.random.RandomState(42); r.uniform(low=1, high=np.inf)"] = () => State(42).uniform(low: 1, high: np.inf),
        ["r = np.random.RandomState(42); r.normal(0, -1, 3)"] = () => State(42).normal(0, -1, 3),
        ["r = np.random.RandomState(0); r.randint(0, 10, 50)"] = () => State(0).randint(0, 10, 50),
        ["r = np.random.RandomState(0); r.randint(10, size=(2, 3))"] = () => State(0).randint(10, size: (2, 3)),
        ["r = np.random.RandomState(0); r.randint(5, 6, 3)"] = () => State(0).randint(5, 6, 3),
        ["r = np.random.RandomState(0); r.randint(-7, 2**40, 50)"] = () => State(0).randint(-7, 1L << 40, 50),
        ["r = np.random.RandomState(0); r.randint(0, 2**32, 5)"] = () => State(0).randint(0, 1L << 32, 5),
        ["r = np.random.RandomState(0); r.randint(-2**63, 2**63 - 1, 5)"] = () => State(0).randint(long.MinValue, long.MaxValue, 5),
        ["r = np.random.RandomState(0); r.randint(0, 255, 50, 'uint8')"] = () => State(0).randint(0, 255, 50, "uint8"),
        ["r = np.random.RandomState(0); [r.randint(0, 256, 5, np.uint8), r.randint(3, 10, 6, np.uint8)]"] = () =>
            With(State(0), r => (object[])[r.randint(0, 256, 5, np.uint8), r.randint(3, 10, 6, np.uint8)]),
        ["r = np.random.RandomState(0); r.randint(0, 2, 70, bool)"] = () => State(0).randint(0, 2, 70, np.bool_),
        ["r = np.random.RandomState(0); r.randint(-2**31, 2**31, 9, 'int32')"] = () => State(0).randint(-1L << 31, 1L << 31, 9, "int32"),
        ["r = np.random.RandomState(0); r.randint(0)"] = () => State(0).randint(0),
        ["r = np.random.RandomState(0); r.randint(5, 5)"] = () => State(0).randint(5, 5),
        ["r = np.random.RandomState(0); r.randint(0, 300, dtype='uint8')"] = () => State(0).randint(0, 300, dtype: "uint8"),
        ["r = np.random.RandomState(0); r.randint(0, 3, dtype='float32')"] = () => State(0).randint(0, 3, dtype: "float32"),
        ["r = np.random.RandomState(0); r.permutation(77)"] = () => State(0).permutation(77),
        ["r = np.random.RandomState(0); r.permutation(np.arange(154).reshape(77, 2))"] = () => State(0).permutation(s_matrix),
        ["r = np.random.RandomState(0); r.shuffle(x := np.arange(154).reshape(77, 2)); x"] = () => Shuffled(State(0), s_matrix.copy()),
        ["r = np.random.RandomState(3); r.shuffle(x := list('abcdefgh')); ''.join(x)"] = () =>
        {
            var letters = "abcdefgh".ToCharArray();
            State(3).shuffle(letters);
            return new string(letters);
        },
        ["r = np.random.RandomState(0); r.choice(50, 9)"] = () => State(0).choice(50, 9),
        ["r = np.random.RandomState(0); r.choice(50, 9, replace=False)"] = () => State(0).choice(50, 9, replace: false),
        ["r = np.random.RandomState(0); r.choice(3, (2, 4), p=[.2, .3, .5])"] = () => State(0).choice(3, (2, 4), p: s_three),
        ["r = np.random.RandomState(0); r.choice(3, 3, False, [.2, .3, .5])"] = () => State(0).choice(3, 3, false, s_three),
        ["r = np.random.RandomState(0); r.choice(3, p=[.2, .3, .5])"] = () => State(0).choice(3, p: s_three),
        ["r = np.random.RandomState(0); r.choice([2.5, 7, 9], 5)"] = () => State(0).choice(new[] { 2.5, 7, 9 }, 5),
        ["r = np.random.RandomState(0); r.choice(['a', 'b', 'c']).item()"] = () => State(0).choice(["a", "b", "c"]),
        ["r = np.random.RandomState(0); r.choice(3, 5, replace=False)"] = () => State(0).choice(3, 5, replace: false),
        ["r = np.random.RandomState(0); r.choice(2, p=[.5, .6])"] = () => State(0).choice(2, p: new[] { 0.5, 0.6 }),
        ["r = np.random.RandomState(0); r.choice(2, p=[-.5, 1.5])"] = () => State(0).choice(2, p: new[] { -0.5, 1.5 }),
        ["r = np.random.RandomState(0); r.choice(3, p=[.5, .5])"] = () => State(0).choice(3, p: new[] { 0.5, 0.5 }),
        ["r = np.random.RandomState(0); r.choice(3, 2, False, [1, 0, 0])"] = () => State(0).choice(3, 2, false, new[] { 1.0, 0, 0 }),
        ["r = np.random.RandomState(0); r.choice(np.zeros((2, 2)))"] = () => State(0).choice(np.zeros((2, 2))),
        ["r = np.random.RandomState(0); r.choice(0)"] = () => State(0).choice(0),
        ["np.random.RandomState(-1)"] = () => State(-1),
        ["np.random.RandomState(2**32)"] = () => State(1L << 32),
        ["r = np.random.RandomState(0); r.rand(-1)"] = () => State(0).rand(-1),
        ["rng = np.random.default_rng(0); rng.random(9)"] = () => Rng(0).random(9),
        ["rng = np.random.default_rng(1099511627783); rng.random(99)"] = () => Rng(1099511627783).random(99),
        ["rng = np.random.default_rng(42); rng.random((3, 3), dtype='float32')"] = () => Rng(42).random((3, 3), dtype: "float32"),
        ["rng = np.random.default_rng(42); rng.random(3, dtype='int32')"] = () => Rng(42).random(3, dtype: "int32"),
        ["rng = np.random.default_rng(0); rng.standard_normal(20000)"] = () => Rng(0).standard_normal(20000),
        ["rng = np.random.default_rng(12345); rng.standard_normal((400, 500))"] = () => Rng(12345).standard_normal((400, 500)),
        ["rng = np.random.default_rng(42); rng.normal(1.5, 2.5, 9)"] = () => Rng(42).normal(1.5, 2.5, 9),
        ["rng = np.random.default_rng(42); rng.uniform(-1, 3, 9)"] = () => Rng(42).uniform(-1, 3, 9),
        ["rng = np.random.default_rng(42); [rng.random(), rng.integers(10), rng.normal(), rng.integers(10), rng.standard_normal(), rng.uniform(2, 3)]"] = () =>
            With(Rng(42), r => (object[])[r.random(), r.integers(10), r.normal(), r.integers(10), r.standard_normal(), r.uniform(2, 3)]),
        ["rng = np.random.default_rng(0); rng.integers(0, 10, 51)"] = () => Rng(0).integers(0, 10, 51),
        ["rng = np.random.default_rng(0); rng.integers(1, 6, size=(2, 4), endpoint=True)"] = () => Rng(0).integers(1, 6, size: (2, 4), endpoint: true),
        ["rng = np.random.default_rng(0); rng.integers(-7, 2**40, 51)"] = () => Rng(0).integers(-7, 1L << 40, 51),
        ["rng = np.random.default_rng(0); rng.integers(0, 2**32, 5)"] = () => Rng(0).integers(0, 1L << 32, 5),
        ["rng = np.random.default_rng(0); rng.integers(0, 200, 60, dtype='uint8')"] = () => Rng(0).integers(0, 200, 60, dtype: "uint8"),
        ["rng = np.random.default_rng(0); rng.integers(0, 256, 60, dtype='uint8')"] = () => Rng(0).integers(0, 256, 60, dtype: "uint8"),
        ["rng = np.random.default_rng(0); rng.integers(0, 2, 60, dtype='bool')"] = () => Rng(0).integers(0, 2, 60, dtype: "bool"),
        ["rng = np.random.default_rng(0); rng.integers(-5, 5, 7, dtype='int32')"] = () => Rng(0).integers(-5, 5, 7, dtype: "int32"),
        ["rng = np.random.default_rng(0); rng.integers(3, 3)"] = () => Rng(0).integers(3, 3),
        ["rng = np.random.default_rng(0); rng.permutation(77)"] = () => Rng(0).permutation(77),
        ["rng = np.random.default_rng(0); rng.permutation(np.arange(154).reshape(77, 2))"] = () => Rng(0).permutation(s_matrix),
        ["rng = np.random.default_rng(42); rng.shuffle(x := np.arange(77)); x"] = () => Shuffled(Rng(42), np.arange(77)),
        ["rng = np.random.default_rng(0); rng.choice(50, 9)"] = () => Rng(0).choice(50, 9),
        ["rng = np.random.default_rng(0); rng.choice(500, 9, replace=False)"] = () => Rng(0).choice(500, 9, replace: false),
        ["rng = np.random.default_rng(0); rng.choice(500, 9, replace=False, shuffle=False)"] = () => Rng(0).choice(500, 9, replace: false, shuffle: false),
        ["rng = np.random.default_rng(0); rng.choice(20000, 500, replace=False)"] = () => Rng(0).choice(20000, 500, replace: false),
        ["rng = np.random.default_rng(0); rng.choice(20000, 1500, replace=False, shuffle=False)"] = () =>
            Rng(0).choice(20000, 1500, replace: false, shuffle: false),
        ["rng = np.random.default_rng(0); rng.choice(9, 9, replace=False)"] = () => Rng(0).choice(9, 9, replace: false),
        ["rng = np.random.default_rng(0); rng.choice(3, 9, p=[.2, .3, .5])"] = () => Rng(0).choice(3, 9, p: s_three),
        ["rng = np.random.default_rng(0); rng.choice(np.arange(154).reshape(77, 2), 4)"] = () => Rng(0).choice(s_matrix, 4),
        ["rng = np.random.default_rng(0); rng.choice(3, 5, replace=False)"] = () => Rng(0).choice(3, 5, replace: false),
        ["r = np.random.RandomState(3); r.standard_cauchy(9)"] = () => State(3).standard_cauchy(9),
        ["r = np.random.RandomState(3); r.noncentral_chisquare(3, 2.5, 9)"] = () => State(3).noncentral_chisquare(3, 2.5, 9),
        ["r = np.random.RandomState(3); r.noncentral_chisquare(0.5, 2.5, 9)"] = () => State(3).noncentral_chisquare(0.5, 2.5, 9),
        ["r = np.random.RandomState(3); r.noncentral_chisquare([1.0, 3.0], 0, (2, 2))"] = () => State(3).noncentral_chisquare([1.0, 3.0], 0, (2, 2)),
        ["r = np.random.RandomState(3); r.noncentral_f(3, 5, 1.5, 9)"] = () => State(3).noncentral_f(3, 5, 1.5, 9),
        ["r = np.random.RandomState(3); r.vonmises(0.5, 4, 40)"] = () => State(3).vonmises(0.5, 4, 40),
        ["r = np.random.RandomState(3); r.vonmises(3, 1e-9, 3)"] = () => State(3).vonmises(3, 1e-9, 3),
        ["r = np.random.RandomState(3); r.vonmises(3, 1e-6, 9)"] = () => State(3).vonmises(3, 1e-6, 9),
        ["r = np.random.RandomState(3); r.vonmises(-3, 0.7, 40)"] = () => State(3).vonmises(-3, 0.7, 40),
        ["r = np.random.RandomState(3); r.vonmises(3.1, 2e6, 9)"] = () => State(3).vonmises(3.1, 2e6, 9),
        ["r = np.random.RandomState(3); r.wald(3, 2, 9)"] = () => State(3).wald(3, 2, 9),
        ["r = np.random.RandomState(3); r.zipf(2, 40)"] = () => State(3).zipf(2, 40),
        ["r = np.random.RandomState(3); r.zipf(1.1, 40)"] = () => State(3).zipf(1.1, 40),
        ["r = np.random.RandomState(3); r.logseries(0.7, 40)"] = () => State(3).logseries(0.7, 40),
        ["r = np.random.RandomState(3); r.logseries([0.1, 0.99], (9, 2))"] = () => State(3).logseries([0.1, 0.99], (9, 2)),
        ["r = np.random.RandomState(3); r.hypergeometric(5, 9, 4, 40)"] = () => State(3).hypergeometric(5, 9, 4, 40),
        ["r = np.random.RandomState(3); r.hypergeometric(50, 9, 30, 40)"] = () => State(3).hypergeometric(50, 9, 30, 40),
        ["r = np.random.RandomState(3); r.hypergeometric(500, 900, 400, 40)"] = () => State(3).hypergeometric(500, 900, 400, 40),
        ["r = np.random.RandomState(3); r.hypergeometric(900, 500, 1200, 40)"] = () => State(3).hypergeometric(900, 500, 1200, 40),
        ["r = np.random.RandomState(3); r.hypergeometric(3, 2, 5, 4)"] = () => State(3).hypergeometric(3, 2, 5, 4),
        ["r = np.random.RandomState(3); r.hypergeometric(3, 2, 9)"] = () => State(3).hypergeometric(3, 2, 9),
        ["r = np.random.RandomState(3); r.triangular(0, 1, 5, 9)"] = () => State(3).triangular(0, 1, 5, 9),
        ["r = np.random.RandomState(3); r.power(3, 9)"] = () => State(3).power(3, 9),
        ["r = np.random.RandomState(3); r.multivariate_normal([1, 2], [[4, 0], [0, 1]], 9)"] = () => State(3).multivariate_normal([1, 2], [[4, 0], [0, 1]], 9),
        ["r = np.random.RandomState(3); r.multivariate_normal([0, 0], [[1, 0], [0, 1]])"] = () => State(3).multivariate_normal([0, 0], [[1, 0], [0, 1]]),
        ["r = np.random.RandomState(3); r.multivariate_normal([0, 0], [[1, 0], [0, 9]], (2, 3))"] = () =>
            State(3).multivariate_normal([0, 0], [[1, 0], [0, 9]], (2, 3)),
        ["r = np.random.RandomState(3); r.multivariate_normal([0, 0, 1], [[1, 0], [0, 9]])"] = () => State(3).multivariate_normal([0, 0, 1], [[1, 0], [0, 9]]),
        ["r = np.random.default_rng(3); r.standard_cauchy(9)"] = () => Rng(3).standard_cauchy(9),
        ["r = np.random.default_rng(3); r.noncentral_chisquare(3, 2.5, 9)"] = () => Rng(3).noncentral_chisquare(3, 2.5, 9),
        ["r = np.random.default_rng(3); r.noncentral_chisquare(0.5, 2.5, 9)"] = () => Rng(3).noncentral_chisquare(0.5, 2.5, 9),
        ["r = np.random.default_rng(3); r.noncentral_chisquare([1.0, 3.0], 0, (2, 2))"] = () => Rng(3).noncentral_chisquare([1.0, 3.0], 0, (2, 2)),
        ["r = np.random.default_rng(3); r.noncentral_f(3, 5, 1.5, 9)"] = () => Rng(3).noncentral_f(3, 5, 1.5, 9),
        ["r = np.random.default_rng(3); r.vonmises(0.5, 4, 40)"] = () => Rng(3).vonmises(0.5, 4, 40),
        ["r = np.random.default_rng(3); r.vonmises(3, 1e-9, 3)"] = () => Rng(3).vonmises(3, 1e-9, 3),
        ["r = np.random.default_rng(3); r.vonmises(3, 1e-6, 9)"] = () => Rng(3).vonmises(3, 1e-6, 9),
        ["r = np.random.default_rng(3); r.vonmises(-3, 0.7, 40)"] = () => Rng(3).vonmises(-3, 0.7, 40),
        ["r = np.random.default_rng(3); r.vonmises(3.1, 2e6, 9)"] = () => Rng(3).vonmises(3.1, 2e6, 9),
        ["r = np.random.default_rng(3); r.wald(3, 2, 9)"] = () => Rng(3).wald(3, 2, 9),
        ["r = np.random.default_rng(3); r.zipf(2, 40)"] = () => Rng(3).zipf(2, 40),
        ["r = np.random.default_rng(3); r.zipf(1.1, 40)"] = () => Rng(3).zipf(1.1, 40),
        ["r = np.random.default_rng(3); r.logseries(0.7, 40)"] = () => Rng(3).logseries(0.7, 40),
        ["r = np.random.default_rng(3); r.logseries([0.1, 0.99], (9, 2))"] = () => Rng(3).logseries([0.1, 0.99], (9, 2)),
        ["r = np.random.default_rng(3); r.hypergeometric(5, 9, 4, 40)"] = () => Rng(3).hypergeometric(5, 9, 4, 40),
        ["r = np.random.default_rng(3); r.hypergeometric(50, 9, 30, 40)"] = () => Rng(3).hypergeometric(50, 9, 30, 40),
        ["r = np.random.default_rng(3); r.hypergeometric(500, 900, 400, 40)"] = () => Rng(3).hypergeometric(500, 900, 400, 40),
        ["r = np.random.default_rng(3); r.hypergeometric(900, 500, 1200, 40)"] = () => Rng(3).hypergeometric(900, 500, 1200, 40),
        ["r = np.random.default_rng(3); r.hypergeometric(3, 2, 5, 4)"] = () => Rng(3).hypergeometric(3, 2, 5, 4),
        ["r = np.random.default_rng(3); r.hypergeometric(3, 2, 9)"] = () => Rng(3).hypergeometric(3, 2, 9),
        ["r = np.random.default_rng(3); r.triangular(0, 1, 5, 9)"] = () => Rng(3).triangular(0, 1, 5, 9),
        ["r = np.random.default_rng(3); r.multivariate_normal([1, 2], [[4, 0], [0, 1]], 9)"] = () => Rng(3).multivariate_normal([1, 2], [[4, 0], [0, 1]], 9),
        ["r = np.random.default_rng(3); r.multivariate_normal([0, 0], [[1, 0], [0, 1]])"] = () => Rng(3).multivariate_normal([0, 0], [[1, 0], [0, 1]]),
        ["r = np.random.default_rng(3); r.multivariate_normal([0, 0], [[1, 0], [0, 9]], (2, 3))"] = () =>
            Rng(3).multivariate_normal([0, 0], [[1, 0], [0, 9]], (2, 3)),
        ["r = np.random.default_rng(3); r.multivariate_normal([0, 0, 1], [[1, 0], [0, 9]])"] = () => Rng(3).multivariate_normal([0, 0, 1], [[1, 0], [0, 9]]),
        ["r = np.random.default_rng(3); r.permuted(np.arange(12).reshape(3, 4), axis=1)"] = () => Rng(3).permuted(np.arange(12).reshape(3, 4), axis: 1),
        ["r = np.random.default_rng(3); r.permuted(np.arange(12).reshape(3, 4), axis=0)"] = () => Rng(3).permuted(np.arange(12).reshape(3, 4), axis: 0),
        ["r = np.random.default_rng(3); r.permuted(np.arange(12).reshape(3, 4))"] = () => Rng(3).permuted(np.arange(12).reshape(3, 4)),
        ["r = np.random.RandomState(3); r.tomaxint(4)"] = () => State(3).tomaxint(4),
        ["r = np.random.RandomState(3); r.randn(3); t = r.get_state(); a = r.randn(4); r.set_state(t); [a, r.randn(4), t[1][:3], t[2], t[3], t[4]]"] = () =>
            With(State(3), r =>
            {
                r.randn(3); var t = r.get_state(); var a = r.randn(4); r.set_state(t);
                return (object[])[a, r.randn(4), t.Item2[..3], t.Item3, t.Item4, t.Item5];
            }),
        ["np.random.default_rng(-1)"] = () => Rng(-1),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_seed_gives_numpys_numbers(string python) => NumpyCases.Check(python, s_cases[python]);

    [Fact]
    public void Keras_seed_is_numpys_too()
    {
        keras.utils.set_random_seed(5);
        Assert.Equal(np.random.RandomState(5).rand(4).ToString(), np.random.rand(4).ToString());
        Assert.NotEqual(np.random.RandomState().rand(), np.random.RandomState().rand());
        Assert.NotEqual(np.random.default_rng().random(), np.random.default_rng().random());
    }

    [Fact]
    public void Threads_take_turns_at_one_generator()
    {
        const int each = 2000;
        np.random.seed(0);
        double[][] drawn = new double[4][];
        Parallel.For(0, drawn.Length, i => drawn[i] = [.. Enumerable.Range(0, each).Select(_ => np.random.rand())]);
        Assert.Equal(np.random.RandomState(0).rand(each * drawn.Length).ToDoubles().Order(), drawn.SelectMany(d => d).Order());
    }

    private static RandomState State(long seed) => np.random.RandomState(seed);

    private static Generator Rng(long seed) => np.random.default_rng(seed);

    private static object With<T>(T generator, Func<T, object> run) => run(generator);

    private static object Seeded(long seed, Func<object> run)
    {
        np.random.seed(seed);
        return run();
    }

    private static NDArray Shuffled(NumpyRandom generator, NDArray x)
    {
        generator.shuffle(x);
        return x;
    }
}
