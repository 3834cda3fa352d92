using Microsoft.ML.OnnxRuntime;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Onnx;

/// <summary>An exported network that runs in OnnxRuntime, on the CPU.</summary>
/// <remarks>Of the files that <see cref="OnnxExport"/> writes. Several threads may step streams of their own at once.</remarks>
public sealed class OnnxNetwork : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly Dictionary<string, NodeMetadata> _states;
    private readonly string[] _results;
    private readonly bool _hasStart;

    private OnnxNetwork(string path, InferenceSession session)
    {
        _session = session;
        Metadata = new Dictionary<string, string>(session.ModelMetadata.CustomMetadataMap);
        string format = Metadata.GetValueOrDefault(OnnxMetadata.FormatKey, "");
        if (format != OnnxMetadata.Format)
            throw new InputException($"{path}: no network that `movinet export --onnx` wrote: its metadata should have the format '{OnnxMetadata.Format}' and have '{format}'.");
        IsStream = Metadata.GetValueOrDefault(OnnxMetadata.KindKey) == OnnxMetadata.Stream;
        var image = session.InputMetadata[OnnxExport.Image].Dimensions;
        bool isOneFrame = image.Length == 4;
        (Frames, Resolution) = (isOneFrame ? 1 : image[1] < 1 ? null : image[1], image[^1]);
        Classes = session.OutputMetadata[OnnxExport.Logits].Dimensions[^1];
        _hasStart = session.OverridableInitializerMetadata.Count > 0;
        _states = session.InputMetadata.Concat(session.OverridableInitializerMetadata)
            .Where(entry => entry.Key != OnnxExport.Image).ToDictionary(entry => entry.Key, entry => entry.Value);
        _results = [OnnxExport.Logits, .. _states.Keys.Select(name => name + OnnxStateShape.NextEnd)];
    }

    /// <summary>What the file says of itself; see docs/onnx.md.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Whether it takes streams, or whole clips.</summary>
    public bool IsStream { get; }

    /// <summary>Frames of a clip or step; null for any number.</summary>
    public int? Frames { get; }

    /// <summary>Rows and columns of a frame.</summary>
    public int Resolution { get; }

    /// <summary>Number of logits.</summary>
    public int Classes { get; }

    /// <summary>Bytes that one stream carries from step to step.</summary>
    public long StateBytes => _states.Values.Sum(state => Shape(state, 1).Aggregate((long)sizeof(float), (product, size) => product * size));

    /// <summary>Opens a file.</summary>
    /// <param name="path">Of an export.</param>
    /// <param name="threads">Threads of one step; as many as there are processors when null.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InputException">The file is missing, damaged, or no export of ours.</exception>
    /// <exception cref="MachineException">OnnxRuntime is not there.</exception>
    public static OnnxNetwork Open(string path, int? threads = null)
    {
        if (!File.Exists(path)) throw new InputException($"there is no file {path}{NearestName.FileEnd(path)}");
        OnnxLibrary.Prepare();
        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions { InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            if (threads is { } count) options.IntraOpNumThreads = count;
            options.AddSessionConfigEntry("session.force_spinning_stop", "1"); // between steps its threads leave the processors to others
            session = new InferenceSession(path, options);
            return new OnnxNetwork(path, session);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException($"{path}: OnnxRuntime does not take it: {e.Message.Split('\n')[0]}", e);
        }
        catch (Exception e) when (IsMissing(e))
        {
            throw Missing(e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>The version of the OnnxRuntime that is loaded.</summary>
    /// <exception cref="MachineException">Its native library cannot be loaded.</exception>
    public static string RuntimeVersion()
    {
        OnnxLibrary.Prepare();
        try
        {
            return OrtEnv.Instance().GetVersionString();
        }
        catch (Exception e) when (IsMissing(e))
        {
            throw Missing(e);
        }
    }

    /// <summary>The state of a stream before its first frame: zeros, or the file's own start.</summary>
    /// <param name="batch">Streams side by side, at least 1; only 1 where the file has a start of its own.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">The file takes whole clips.</exception>
    public OnnxState InitialState(int batch = 1)
    {
        if (!IsStream) throw new InvalidOperationException("This file takes whole clips and has no streams.");
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (_hasStart && batch > 1) throw new ArgumentOutOfRangeException(nameof(batch), batch, "this file has a start of its own and takes one stream");
        return new OnnxState(batch, _hasStart ? [] : _states.ToDictionary(state => state.Key, state => Zeros(state.Value, batch)));
    }

    /// <summary>Takes the next frames of a stream.</summary>
    /// <param name="frames">[B, T, 3, S, S], colours before rows, values in [0, 1]; T is <see cref="Frames"/>, or follows from the length.</param>
    /// <param name="state">Where the stream stands; it is left as it was, the caller disposes it.</param>
    /// <returns>Logits [B, classes] for all frames so far, and where the stream stands afterwards; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public (float[] Logits, OnnxState Next) Step(float[] frames, OnnxState state)
    {
        if (!IsStream) throw new InvalidOperationException("This file takes whole clips: use Classify.");
        using var image = Input(frames, state.Batch);
        string[] names = [OnnxExport.Image, .. state.Values.Keys];
        var results = _session.Run(_run, names, [image, .. state.Values.Values], _results);
        using var logits = results[0];
        var next = _states.Keys.Select((name, i) => (name, Value: results[i + 1])).ToDictionary(entry => entry.name, entry => entry.Value);
        return (logits.GetTensorDataAsSpan<float>().ToArray(), new OnnxState(state.Batch, next));
    }

    /// <summary>Classifies whole clips.</summary>
    /// <param name="clips">[B, T, 3, S, S], as in <see cref="Step"/>.</param>
    /// <param name="batch">B.</param>
    /// <returns>Logits [B, classes].</returns>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public float[] Classify(float[] clips, int batch = 1)
    {
        if (IsStream) throw new InvalidOperationException("This file takes the frames of streams: use Step.");
        using var image = Input(clips, batch);
        using var results = _session.Run(_run, [OnnxExport.Image], [image], _results);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Releases the network; no step may be running.</summary>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static bool IsMissing(Exception e) => e is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException;

    private static MachineException Missing(Exception e) => new($"OnnxRuntime's native library cannot be loaded: {(e.InnerException ?? e).Message}", e);

    private OrtValue Input(float[] frames, int batch)
    {
        long frame = (long)InputShape.Channels * Resolution * Resolution, count = frames.Length / (frame * batch);
        if (count < 1 || count * frame * batch != frames.Length || (Frames is { } fixedCount && count != fixedCount))
        {
            throw new ArgumentException(
                $"{frames.Length} numbers are not [{batch}, {Frames?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "T"}, {InputShape.Channels}, {Resolution}, {Resolution}].", nameof(frames));
        }

        long[] shape = Frames == 1 ? [batch, InputShape.Channels, Resolution, Resolution] : [batch, count, InputShape.Channels, Resolution, Resolution];
        return OrtValue.CreateTensorValueFromMemory(frames, shape);
    }

    private static OrtValue Zeros(NodeMetadata state, int batch)
    {
        long[] shape = Shape(state, batch);
        long elements = shape.Aggregate(1L, (product, size) => checked(product * size));
        return state.ElementType == typeof(int)
            ? OrtValue.CreateTensorValueFromMemory(new int[elements], shape)
            : OrtValue.CreateTensorValueFromMemory(new float[elements], shape);
    }

    // The first axis is the batch.
    private static long[] Shape(NodeMetadata state, int batch) => [batch, .. state.Dimensions.Skip(1).Select(size => (long)size)];
}
