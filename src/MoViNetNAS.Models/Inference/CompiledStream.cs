using System.Diagnostics;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>One or several streams side by side through a compiled network, frame by frame. From <see cref="CompiledNetwork.Open"/>.</summary>
/// <remarks>A step calls nothing of libtorch and allocates nothing: all memory is taken when the stream is opened. One thread at a time
/// may use it. Its results do not depend on the number of threads or on how the frames are split into steps, bit by bit.
/// Source: stream buffers and cumulative pools, MoViNets (arXiv 2103.11511), section 3.2.</remarks>
public sealed unsafe class CompiledStream : IDisposable
{
    private readonly StreamClock _clock;
    private readonly StreamMemory _memory;
    private readonly StreamProgram _program;
    private bool _isDisposed;

    internal CompiledStream(CompiledNetwork network, int batch, int resolution, int framesPerStep)
    {
        (Network, Resolution) = (network, resolution);
        _clock = new StreamClock(batch, framesPerStep);
        _memory = new StreamMemory(network, batch, resolution, framesPerStep);
        _program = new StreamProgram(network, _memory, _clock, resolution);
    }

    /// <summary>The network it runs through.</summary>
    public CompiledNetwork Network { get; }

    /// <summary>Streams side by side.</summary>
    public int Batch => _clock.Batch;

    /// <summary>Rows and columns of the frames.</summary>
    public int Resolution { get; }

    /// <summary>Most frames that a step may take.</summary>
    public int FramesPerStep => _clock.MostFrames;

    /// <summary>Frames seen so far.</summary>
    public long FrameCount => _clock.FramesBefore;

    /// <summary>Bytes carried from step to step: a constant. Buffers also have room for the frames of a step.</summary>
    public long Bytes => _memory.Bytes;

    /// <summary>Bytes of the activations within a step: a constant.</summary>
    public long ScratchBytes => _program.ScratchBytes;

    /// <summary>Takes the next frames.</summary>
    /// <param name="frames">[B, T, S, S, 3], colours last, values in [0, 1]; T from 1 to <see cref="FramesPerStep"/> follows from the length.</param>
    /// <returns>Logits [B, classes] for all frames so far; valid until the next step.</returns>
    /// <exception cref="ArgumentException">The length is not that of 1 to <see cref="FramesPerStep"/> frames.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its network was disposed.</exception>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> frames)
    {
        Begin(frames);
        fixed (float* pointer = frames)
        {
            _program.Stem.Read(pointer, null);
            Run();
        }

        return _program.Classifier.Logits;
    }

    /// <summary>As the other step, for pixels of 0 to 255 (divided by 255).</summary>
    /// <param name="frames">[B, T, S, S, 3], colours last.</param>
    /// <returns>Logits [B, classes]; valid until the next step.</returns>
    /// <exception cref="ArgumentException">As there.</exception>
    /// <exception cref="ObjectDisposedException">As there.</exception>
    public ReadOnlySpan<float> Step(ReadOnlySpan<byte> frames)
    {
        Begin(frames);
        fixed (byte* pointer = frames)
        {
            _program.Stem.Read(null, pointer);
            Run();
        }

        return _program.Classifier.Logits;
    }

    /// <summary>As the first step, and tells how long each operation took.</summary>
    /// <param name="frames">[B, T, S, S, 3], values in [0, 1].</param>
    /// <param name="ticks">One for each of the network's <see cref="CompiledNetwork.Operations"/>; ticks of
    /// <see cref="Stopwatch"/> are added to it.</param>
    /// <exception cref="ArgumentException">Another number of ticks; or frames as above.</exception>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> frames, Span<long> ticks)
    {
        if (ticks.Length != _program.Operations.Length)
            throw new ArgumentException($"{ticks.Length} ticks for {_program.Operations.Length} operations.", nameof(ticks));
        Begin(frames);
        fixed (float* pointer = frames)
        {
            _program.Stem.Read(pointer, null);
            long before = Stopwatch.GetTimestamp();
            for (int i = 0; i < ticks.Length; i++)
            {
                _program.Operations[i].Run();
                long now = Stopwatch.GetTimestamp();
                ticks[i] += now - before;
                before = now;
            }

            End();
        }

        return _program.Classifier.Logits;
    }

    /// <summary>Goes back to before the first frame.</summary>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _memory.Clear();
        _clock.FramesBefore = 0;
    }

    /// <summary>Copies out where the stream stands, in the form in which <see cref="VideoNetwork.Step(TorchSharp.torch.Tensor, StreamState, ForwardMode?)"/> takes it; the caller disposes it.</summary>
    public StreamState State()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return StreamStateCopy.Out(Network, _memory, Batch, Resolution, FrameCount);
    }

    /// <summary>Goes on where a stream stood: this one, another, or one of <see cref="VideoNetwork.Step(TorchSharp.torch.Tensor, StreamState, ForwardMode?)"/>.</summary>
    /// <param name="state">It stays the caller's.</param>
    /// <exception cref="ArgumentException">It is of another network, batch or resolution; the stream stays as it was.</exception>
    public void Restore(StreamState state)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        StreamStateCopy.In(Network, _memory, Batch, Resolution, state);
        _clock.FramesBefore = state.FrameCount;
    }

    /// <summary>Releases the stream's memory; the network stays.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _program.Dispose();
        _memory.Dispose();
        _clock.Dispose();
    }

    private void Begin<T>(ReadOnlySpan<T> frames)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ObjectDisposedException.ThrowIf(Network.IsDisposed, Network);
        int length = frames.Length;
        long frame = (long)Batch * Resolution * Resolution * InputShape.Channels;
        if (length == 0 || length % frame != 0 || length / frame > FramesPerStep)
        {
            throw new ArgumentException(
                $"{length} numbers are not [{Batch}, T, {Resolution}, {Resolution}, {InputShape.Channels}] with T from 1 to {FramesPerStep}.",
                nameof(frames));
        }

        _clock.Frames = (int)(length / frame);
    }

    private void Run()
    {
        foreach (var operation in _program.Operations) operation.Run();
        End();
    }

    private void End()
    {
        _clock.FramesBefore += _clock.Frames;
        _program.Stem.Read(null, null);
    }
}
