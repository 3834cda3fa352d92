using MoViNetNAS.Models;
using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Onnx;

/// <summary>Writes a network as ONNX and keeps the file only when OnnxRuntime answers as the network does.</summary>
internal static class OnnxFile
{
    /// <summary>First residual scale of a network with fresh weights that is compared: no layer is silent, and sums do not grow from layer to
    /// layer as they would from 1. Norms of a network that saw no data do not hold them, and where gates are far from zero, the last bit
    /// of a sum becomes the fourth digit of a logit.</summary>
    public const double FreshResidualScale = 0.1;

    private const string Untried = ".untried";

    /// <summary>Writes and tries <paramref name="path"/>.</summary>
    /// <returns>How far the answers are apart.</returns>
    /// <exception cref="MachineException">They are too far apart, or the file cannot be written; an older file is left as it was.</exception>
    public static OnnxComparison Write(
        string path, VideoNetwork network, OnnxOptions options, IReadOnlyDictionary<string, string> metadata, int? threads, ulong seed)
    {
        string untried = path + Untried;
        try
        {
            OnnxExport.Write(untried, network, options, metadata);
            OnnxComparison comparison;
            using (var exported = OnnxNetwork.Open(untried, threads))
                comparison = OnnxComparison.Of(network, exported, new RandomStream(seed).Derive("frames"), options.StartState);
            double most = OnnxComparison.Tolerance(options.Precision);
            if (!(comparison.LargestDifference <= most))
            {
                throw new MachineException(FormattableString.Invariant(
                    $"{path} was not written: over {comparison.Frames} random frames OnnxRuntime's logits differ from ours by {comparison.LargestDifference:0.0e+0} of the largest, more than the {most:0.0e+0} that is allowed."));
            }

            Move(untried, path);
            return comparison;
        }
        finally
        {
            File.Delete(untried);
        }
    }

    private static void Move(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot write {to}: {e.Message}", e);
        }
    }
}
