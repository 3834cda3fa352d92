namespace MoViNetNAS.Data;

/// <summary>The classes of one video with the seconds at which each is to be seen: says what a clip out of it shows.</summary>
/// <remarks>Frame i of N stands for second i * length / N, as the official scoring of Charades places its frames. A clip shows the stretch from
/// its first frame to its last, and two stretches when it goes round at the end of the video. A class is shown when one of its intervals and
/// one of the stretches have a moment in common; all ends are counted. Sources: SlowFast teaches the union over the frames from the first
/// to the last; Charades_v1_localize.m counts both ends of an interval.</remarks>
internal sealed class TimedLabels
{
    private readonly double _lengthSeconds;
    private readonly int _frames;
    private readonly (int Label, double Start, double Stop)[] _intervals;

    private TimedLabels(double lengthSeconds, int frames, (int Label, double Start, double Stop)[] intervals) =>
        (_lengthSeconds, _frames, _intervals) = (lengthSeconds, frames, intervals);

    /// <summary>The classes of <paramref name="video"/>, or null: without <paramref name="times"/>, or when not all of its frames could be
    /// decoded, for then they say nothing about its rate.</summary>
    public static TimedLabels? Of(LabelTimes? times, StoredVideo video, IReadOnlyDictionary<string, int> labels) =>
        times is null || video.Warning.Length > 0
            ? null
            : new TimedLabels(
                times.LengthSeconds,
                video.Frames,
                [.. times.Intervals.Select(interval => (labels[interval.Label], interval.StartSeconds, interval.StopSeconds))]);

    /// <summary>What the clip of these <paramref name="frames"/> shows, in the order in which they were drawn.</summary>
    public LabelSet In(ReadOnlySpan<int> frames)
    {
        List<int> shown = [];
        int first = 0;
        for (int t = 1; t <= frames.Length; t++)
        {
            if (t < frames.Length && frames[t] >= frames[t - 1]) continue;
            double from = SecondOf(frames[first]), to = SecondOf(frames[t - 1]);
            foreach (var (label, start, stop) in _intervals)
            {
                if (start <= to && from <= stop) shown.Add(label);
            }

            first = t;
        }

        return new LabelSet(shown);
    }

    private double SecondOf(int frame) => frame * _lengthSeconds / _frames;
}
