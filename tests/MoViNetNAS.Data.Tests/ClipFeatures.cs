using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

/// <summary>Features of clips of 32 x 32 pixels: of one frame, and of the motion between frames.</summary>
internal static class ClipFeatures
{
    private const int Size = 32;
    private const int Shift = 4;
    private const int RandomFeatures = 150;

    private static readonly float[][] RandomDirections = MakeDirections();

    /// <summary>Grey at 16 x 16, and rectified random projections of it (a network of one frozen layer).</summary>
    public static float[] OfFrame(ReadOnlySpan<byte> clip, int frame)
    {
        float[] grey = Grey(clip, frame);
        var small = new float[256];
        for (int i = 0; i < grey.Length; i++) small[i / Size / 2 * 16 + i % Size / 2] += grey[i] / 4;
        float mean = small.Average();
        float[] centred = [.. small.Select(value => (value - mean) / 50)];
        return
        [
            .. small,
            .. RandomDirections.Select(direction =>
            {
                float sum = 0;
                for (int i = 0; i < centred.Length; i++) sum += direction[i] * centred[i];
                return Math.Max(0, sum);
            }),
        ];
    }

    /// <summary>How well each frame matches the next one shifted by d, for every |d| up to 4 pixels: plain, weighted by the turn
    /// of d about the moving centre, and by its pointing away from it. Frames are taken less their mean over time.</summary>
    public static float[] OfMotion(byte[] clip)
    {
        int frames = clip.Length / (Size * Size * 3);
        var grey = new float[frames][];
        for (int t = 0; t < frames; t++) grey[t] = Grey(clip, t);
        var moving = new float[Size * Size];
        for (int i = 0; i < moving.Length; i++)
        {
            float mean = grey.Average(frame => frame[i]);
            foreach (float[] frame in grey) moving[i] += Math.Abs(frame[i] -= mean);
        }

        (float centerX, float centerY) = CircularCentre(moving);
        float power = grey.Sum(frame => frame.Sum(value => value * value)) + 1;
        var features = new List<float>();
        float[] turn = new float[Shift * Shift * 2 + 1], spread = new float[Shift * Shift * 2 + 1];
        for (int dy = -Shift; dy <= Shift; dy++)
        {
            for (int dx = -Shift; dx <= Shift; dx++)
            {
                float[] fromCentre = [.. Enumerable.Range(0, Size).Select(x => Nearest(x + dx * 0.5f - centerX))];
                float plain = 0, alongX = 0, alongY = 0;
                for (int t = 0; t + 1 < frames; t++)
                {
                    for (int y = 0; y < Size; y++)
                    {
                        float py = Nearest(y + dy * 0.5f - centerY), row = 0;
                        ReadOnlySpan<float> now = grey[t].AsSpan(y * Size, Size), then = grey[t + 1].AsSpan((y + dy + Size) % Size * Size, Size);
                        for (int x = 0; x < Size; x++)
                        {
                            float match = now[x] * then[(x + dx) & (Size - 1)];
                            row += match;
                            alongX += match * fromCentre[x];
                        }

                        plain += row;
                        alongY += row * py;
                    }
                }

                float curl = alongX * dy - alongY * dx, divergence = alongX * dx + alongY * dy;
                features.Add(plain / power);
                turn[dx * dx + dy * dy] += curl / power;
                spread[dx * dx + dy * dy] += divergence / power;
            }
        }

        return [.. features, .. turn, .. spread];
    }

    private static float[] Grey(ReadOnlySpan<byte> clip, int frame)
    {
        var grey = new float[Size * Size];
        int start = frame * Size * Size * 3;
        for (int i = 0; i < grey.Length; i++)
            grey[i] = 0.3f * clip[start + 3 * i] + 0.59f * clip[start + 3 * i + 1] + 0.11f * clip[start + 3 * i + 2];
        return grey;
    }

    private static (float X, float Y) CircularCentre(float[] weight)
    {
        double sx = 0, cx = 0, sy = 0, cy = 0;
        for (int i = 0; i < weight.Length; i++)
        {
            double ax = 2 * Math.PI * (i % Size) / Size, ay = 2 * Math.PI * (i / Size) / Size, w = weight[i] * weight[i];
            sx += w * Math.Sin(ax);
            cx += w * Math.Cos(ax);
            sy += w * Math.Sin(ay);
            cy += w * Math.Cos(ay);
        }

        return ((float)(Math.Atan2(sx, cx) / (2 * Math.PI) * Size), (float)(Math.Atan2(sy, cy) / (2 * Math.PI) * Size));
    }

    private static float Nearest(float distance) => distance - Size * MathF.Round(distance / Size);

    private static float[][] MakeDirections()
    {
        var random = new RandomStream(99);
        return [.. Enumerable.Range(0, RandomFeatures).Select(_ =>
            Enumerable.Range(0, 256).Select(_ => (float)random.Normal() / 16).ToArray())];
    }
}
