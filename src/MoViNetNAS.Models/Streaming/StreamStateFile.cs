using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>Writes and reads where a stream stands: a safetensors file of the state's named tensors, format 1.</summary>
public static class StreamStateFile
{
    private const string Format = "format", Kind = "movinetnas-stream-1", Resolution = "resolution";

    /// <summary>Writes <paramref name="state"/> to <paramref name="path"/>, whole or not at all.</summary>
    /// <exception cref="MachineException">The file cannot be written; an older one is left as it was.</exception>
    public static void Write(string path, StreamState state)
    {
        var tensors = state.Named();
        try
        {
            SafetensorsFile.Write(path, tensors, new Dictionary<string, string>
            {
                [Format] = Kind,
                [Resolution] = state.Resolution.ToString(CultureInfo.InvariantCulture),
            });
        }
        finally
        {
            foreach (var (_, tensor) in tensors) tensor.Dispose();
        }
    }

    /// <summary>Reads a state of <paramref name="network"/>, onto the CPU; the caller disposes it.</summary>
    /// <exception cref="InputException">The file is missing, damaged, no state, or a state of another network or size; both shapes are named.</exception>
    public static StreamState Read(string path, VideoNetwork network)
    {
        var (tensors, metadata) = SafetensorsFile.Read(path);
        try
        {
            string kind = metadata.GetValueOrDefault(Format, "");
            if (kind != Kind || !int.TryParse(metadata.GetValueOrDefault(Resolution), out int resolution) || resolution < 1)
                throw new InputException($"{path}: no state of a stream: its metadata should have format '{Kind}' and a resolution, and have '{kind}' and '{metadata.GetValueOrDefault(Resolution, "")}'.");
            return StreamState.Of(network.Design.States(network.Classes, resolution), resolution, tensors);
        }
        catch (InputException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
        finally
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
        }
    }
}
