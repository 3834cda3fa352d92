namespace MoViNetNAS.Models.Kernels;

/// <summary>Average pool of 3x3 at stride 2 with "same" padding on channels-last frames; padded cells do not count.</summary>
/// <remarks>Loops, outside in: rows, columns, blocks of channels, the cells of the window. The gradient is gathered by input cell, which
/// at most four windows cover, so that no cell is written twice.</remarks>
internal static unsafe class AveragePoolKernel<TMath, TVector>
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
{
    /// <summary>Pools one frame, x [H, W, C] to y [ceil(H/2), ceil(W/2), C]: the output rows [first, end).</summary>
    internal static void Forward(float* x, float* y, PoolWindows rows, PoolWindows columns, ChannelBlocks blocks, int first, int end)
    {
        nint channels = blocks.Channels, rowLength = columns.Size * channels;
        y += first * columns.Outputs * channels;
        for (int i = first; i < end; i++)
        {
            for (int j = 0; j < columns.Outputs; j++, y += channels)
            {
                TVector cells = TMath.Broadcast(rows.Cells(i) * columns.Cells(j));
                for (int block = 0; block < blocks.Count; block++)
                {
                    float* source = x + blocks.Start(block);
                    TVector sum = TMath.Broadcast(0);
                    for (int r = rows.First(i); r < rows.End(i); r++)
                    {
                        for (int c = columns.First(j); c < columns.End(j); c++)
                            sum = TMath.Add(sum, TMath.Load(source + r * rowLength + c * channels));
                    }

                    TMath.Store(y + blocks.Start(block), TMath.Divide(sum, cells));
                }
            }
        }
    }

    /// <summary>The gradient of one frame, dy [ceil(H/2), ceil(W/2), C] to dx [H, W, C]: the input rows [first, end).</summary>
    internal static void Backward(float* dy, float* dx, PoolWindows rows, PoolWindows columns, ChannelBlocks blocks, int first, int end)
    {
        nint channels = blocks.Channels, rowLength = columns.Outputs * channels;
        dx += first * columns.Size * channels;
        for (int r = first; r < end; r++)
        {
            for (int c = 0; c < columns.Size; c++, dx += channels)
            {
                for (int block = 0; block < blocks.Count; block++)
                {
                    float* source = dy + blocks.Start(block);
                    TVector sum = TMath.Broadcast(0);
                    for (int i = rows.FirstOver(r); i < rows.EndOver(r); i++)
                    {
                        for (int j = columns.FirstOver(c); j < columns.EndOver(c); j++)
                        {
                            TVector factor = TMath.Broadcast(1f / (rows.Cells(i) * columns.Cells(j)));
                            sum = TMath.MultiplyAdd(factor, TMath.Load(source + i * rowLength + j * channels), sum);
                        }
                    }

                    TMath.Store(dx + blocks.Start(block), sum);
                }
            }
        }
    }
}
