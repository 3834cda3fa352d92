using FsCheck.Xunit;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Kernels;

[Collection(KernelCollection.Name)]
public sealed unsafe class MatrixProductTests
{
    // A sum of K float32 products of size up to 1 errs by about 1e-6 for the K here.
    private const double Tolerance = 2e-5;

    [Property(MaxTest = 120)]
    public void A_product_of_any_shape_equals_float64(ulong seed)
    {
        var random = new RandomStream(seed);
        int rows = 1 + random.Below(70), depth = 1 + random.Below(90), columns = 1 + random.Below(100);
        int width = new[] { 16, 8, 4, 1 }[random.Below(4)];
        int widest = VectorWidth.Widest;
        try
        {
            VectorWidth.Widest = Math.Min(width, widest);
            Check(random, rows, depth, columns, Epilogue.None, segments: 1, hasResidual: random.Chance(0.5));
        }
        finally
        {
            VectorWidth.Widest = widest;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Every_epilogue_is_its_function(int epilogue) =>
        Check(new RandomStream(1), 13, 7, 41, (Epilogue)epilogue, segments: 1, hasResidual: false);

    [Fact]
    public void Rows_of_several_runs_that_overlap_are_read_in_place() =>
        Check(new RandomStream(2), 19, 27, 24, Epilogue.HardSwish, segments: 3, hasResidual: false);

    [Property(MaxTest = 100)]
    public void Parts_cover_every_row_and_panel_once(uint rowSeed, byte panelSeed)
    {
        int rows = 1 + (int)(rowSeed % 10_000), panels = 1 + panelSeed;
        var parts = new MatrixParts(rows, panels);
        long cells = 0;
        for (int part = 0; part < parts.Count; part++)
        {
            var (firstRow, endRow, firstPanel, endPanel) = parts[part];
            Assert.InRange(firstRow, 0, endRow - 1);
            Assert.InRange(endRow, 1, rows);
            Assert.InRange(firstPanel, 0, endPanel - 1);
            Assert.InRange(endPanel, 1, panels);
            cells += (long)(endRow - firstRow) * (endPanel - firstPanel);
        }

        Assert.Equal((long)rows * panels, cells);
    }

    private static void Check(RandomStream random, int rows, int depth, int columns, Epilogue epilogue, int segments, bool hasResidual)
    {
        const int overlap = 2;
        int run = depth / segments;
        int stride = segments == 1 ? depth : run - overlap;
        int segmentStride = stride * rows + run;
        float[] x = Numbers(random, stride * rows + run + segmentStride * (segments - 1)), weight = Numbers(random, columns * depth);
        float[] bias = Numbers(random, columns), residual = Numbers(random, rows * columns), y = new float[rows * columns + 1];
        y[^1] = 12345; // must stay
        using var packed = new PackedMatrix(weight, bias, epilogue);
        var parts = new MatrixParts(rows, packed.Panels.Length);
        fixed (float* px = x, py = y, pr = residual)
        {
            var operands = new MatrixOperands
            {
                X = px,
                RowStride = stride,
                Segments = segments,
                SegmentStride = segmentStride,
                Y = py,
                Residual = hasResidual ? pr : null,
            };
            for (int part = 0; part < parts.Count; part++) packed.Multiply(operands, parts, part);
        }

        Assert.Equal(12345, y[^1]);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double sum = bias[column];
                for (int k = 0; k < depth; k++)
                    sum += (double)x[row * stride + k / run * segmentStride + k % run] * weight[column * depth + k];
                double expected = Function(epilogue, sum) + (hasResidual ? residual[row * columns + column] : 0);
                Assert.InRange(y[row * columns + column], expected - Tolerance, expected + Tolerance);
            }
        }
    }

    private static double Function(Epilogue epilogue, double z) => epilogue switch
    {
        Epilogue.Swish => z / (1 + Math.Exp(-z)),
        Epilogue.HardSwish => z * Math.Clamp(z / 6 + 0.5, 0, 1),
        Epilogue.Sigmoid => 1 / (1 + Math.Exp(-z)),
        Epilogue.HardSigmoid => Math.Clamp(0.2 * z + 0.5, 0, 1),
        Epilogue.HardSigmoidRelu6 => Math.Clamp(z + 3, 0, 6) * 0.16667,
        Epilogue.Relu => Math.Max(z, 0),
        Epilogue.Relu6 => Math.Clamp(z, 0, 6),
        _ => z,
    };

    private static float[] Numbers(RandomStream random, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float)random.Uniform(-1, 1);
        return values;
    }
}
