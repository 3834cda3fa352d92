using System.Runtime.Intrinsics;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The weights of a matrix product in the order in which <see cref="MatrixKernel{TMath, TVector, TActivation}"/> reads them.</summary>
/// <remarks>Columns are cut into vectors of which the last may overlap the one before (<see cref="ChannelBlocks"/>), vectors are
/// gathered in panels. Immutable; may be used by many threads.</remarks>
internal sealed unsafe class PackedMatrix : IDisposable
{
    private readonly ScratchMemory _weight;
    private readonly ScratchMemory _bias;
    private readonly Body _body;

    /// <summary>Packs the weights of Y = f(X W + bias).</summary>
    /// <param name="weight">[columns, depth]: W transposed, as linear layers keep it.</param>
    /// <param name="bias">[columns].</param>
    /// <param name="epilogue">f.</param>
    internal PackedMatrix(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Epilogue epilogue)
    {
        Columns = bias.Length;
        Depth = weight.Length / Columns;
        Blocks = new ChannelBlocks(Columns, VectorWidth.For(Columns));
        Panels = MatrixPanel.Cut(Blocks.Count, Blocks.Width, Depth);
        _bias = DepthwiseWeights.PackChannels(bias, Blocks);
        _weight = new ScratchMemory((long)Blocks.Padded * Depth);
        float* target = _weight.Pointer;
        foreach (MatrixPanel panel in Panels)
        {
            for (int k = 0; k < Depth; k++)
            {
                for (int block = panel.FirstBlock; block < panel.FirstBlock + panel.Vectors; block++)
                {
                    for (int lane = 0; lane < Blocks.Width; lane++) *target++ = weight[(Blocks.Start(block) + lane) * Depth + k];
                }
            }
        }

        _body = Blocks.Width switch
        {
            16 => For<Vector512Math, Vector512<float>>(epilogue),
            8 => For<Vector256Math, Vector256<float>>(epilogue),
            4 => For<Vector128Math, Vector128<float>>(epilogue),
            _ => For<ScalarMath, float>(epilogue),
        };
    }

    private delegate void Body(PackedMatrix matrix, in MatrixOperands operands, int firstRow, int endRow, int firstPanel, int endPanel);

    /// <summary>K.</summary>
    internal int Depth { get; }

    /// <summary>N.</summary>
    internal int Columns { get; }

    internal ChannelBlocks Blocks { get; }

    internal MatrixPanel[] Panels { get; }

    internal float* Weight => _weight.Pointer;

    /// <summary>[blocks * width].</summary>
    internal float* Bias => _bias.Pointer;

    /// <summary>Bytes of weights and bias.</summary>
    internal long Bytes => sizeof(float) * (long)Blocks.Padded * (Depth + 1);

    /// <summary>Computes one part of the product.</summary>
    internal void Multiply(in MatrixOperands operands, MatrixParts parts, int part)
    {
        (int firstRow, int endRow, int firstPanel, int endPanel) = parts[part];
        _body(this, operands, firstRow, endRow, firstPanel, endPanel);
    }

    /// <summary>Computes all columns of rows [0, <paramref name="rows"/>).</summary>
    internal void Multiply(in MatrixOperands operands, int rows) => _body(this, operands, 0, rows, 0, Panels.Length);

    public void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
    }

    private static Body For<TMath, TVector>(Epilogue epilogue)
        where TMath : struct, IVectorMath<TVector>
        where TVector : struct => epilogue switch
        {
            Epilogue.None => MatrixKernel<TMath, TVector, IdentityFunction>.Run,
            Epilogue.Swish => MatrixKernel<TMath, TVector, SwishFunction>.Run,
            Epilogue.HardSwish => MatrixKernel<TMath, TVector, HardSwishFunction>.Run,
            Epilogue.Sigmoid => MatrixKernel<TMath, TVector, SigmoidFunction>.Run,
            Epilogue.HardSigmoid => MatrixKernel<TMath, TVector, HardSigmoidFunction>.Run,
            Epilogue.HardSigmoidRelu6 => MatrixKernel<TMath, TVector, HardSigmoidRelu6Function>.Run,
            Epilogue.Relu => MatrixKernel<TMath, TVector, ReluFunction>.Run,
            Epilogue.Relu6 => MatrixKernel<TMath, TVector, Relu6Function>.Run,
            _ => throw new ArgumentOutOfRangeException(nameof(epilogue), epilogue, "not an epilogue"),
        };
}
