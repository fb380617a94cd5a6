using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines;

/// <summary>Every piece reads the transform of its own run, whether threads share it or each makes its own.</summary>
public unsafe class ThreadTransformTests
{
    [Theory]
    [InlineData(1, 64, true)]
    [InlineData(2, 64, true)]
    [InlineData(3, 64, true)]
    [InlineData(16, 64, true)]
    [InlineData(2, 1 << 18, false)]
    public void Every_piece_reads_the_transform_of_its_own_run(int threads, int size, bool isOwn)
    {
        Assert.Equal(isOwn ? threads * size : size, ThreadTransform<Repeat>.Room(size, threads));
        using var workers = new Workers(threads);
        float[] room = new float[ThreadTransform<Repeat>.Room(size, threads)];
        int wrong = 0;
        fixed (float* memory = room)
            for (int run = 0; run < (isOwn ? 5000 : 10); run++)
            {
                var transform = ThreadTransform<Repeat>.Of(new Repeat { Value = run, Size = size, To = memory }, workers);
                // Runs of different numbers of pieces follow each other at once, so that threads come late to some of them.
                workers.Run(new Piece { Transform = transform, Value = run, Size = size, Wrong = &wrong }, 1 + run % 7);
            }
        Assert.Equal(0, wrong);
    }

    private struct Repeat : ITransform
    {
        public float Value;

        public float* To { get; set; }

        public long Size { get; set; }

        public readonly int Pieces => 4;

        public readonly void Run(int piece)
        {
            for (long i = Size * piece / 4; i < Size * (piece + 1) / 4; i++) To[i] = Value;
        }
    }

    private struct Piece : IPieces
    {
        public ThreadTransform<Repeat> Transform;
        public float Value;
        public long Size;
        public int* Wrong;

        public readonly void Run(int piece)
        {
            float* from = Transform.Get(Workers.IsFirst());
            for (long i = 0; i < Size; i++) if (from[i] != Value) Interlocked.Increment(ref *Wrong);
        }
    }
}
