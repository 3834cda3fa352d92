using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Draws scenes: every pixel is the mean of 2 x 2 points, each tested against the outline. Edges wrap around.</summary>
internal sealed class ShapeRasterizer
{
    private const int Samples = 2;
    private const float StillNoise = 8;

    // Five half-planes at distance cos(72 deg) from the centre; a point inside at least four of them is inside the star.
    private static readonly (float X, float Y)[] StarNormals = [.. Enumerable.Range(0, 5).Select(i =>
    {
        (double sin, double cos) = ExactMath.SinCosOfTurns(i / 5.0);
        return ((float)cos, (float)sin);
    })];

    private readonly IReadOnlyList<ShapeScene> _scenes;
    private readonly int _resolution;
    private readonly float[] _background; // [H, W, 3]

    /// <summary>Shapes are drawn in order over the background of the first scene.</summary>
    public ShapeRasterizer(IReadOnlyList<ShapeScene> scenes, int resolution, RandomStream stillNoise)
    {
        _scenes = scenes;
        _resolution = resolution;
        _background = Background(scenes[0], stillNoise);
    }

    /// <summary>Draws one frame, [H, W, 3], with noise of up to <paramref name="noise"/> grey levels either way.</summary>
    public void Draw(ReadOnlySpan<ShapePose> poses, RandomStream random, float noise, Span<byte> frame)
    {
        ulong bits = 0;
        for (int row = 0, i = 0; row < _resolution; row++)
        {
            for (int column = 0; column < _resolution; column++, i += 3)
            {
                (float r, float g, float b) = (_background[i], _background[i + 1], _background[i + 2]);
                for (int shape = 0; shape < poses.Length; shape++)
                {
                    ShapePose pose = poses[shape];
                    float radius = (float)pose.Radius * _resolution;
                    float dx = Nearest(column + 0.5f - (float)pose.X * _resolution), dy = Nearest(row + 0.5f - (float)pose.Y * _resolution);
                    if (dx * dx + dy * dy <= (radius + 1) * (radius + 1)) Cover(_scenes[shape], pose, radius, dx, dy, ref r, ref g, ref b);
                }

                if ((i / 3 & 1) == 0) bits = random.NextBits(); // six of its bytes: two pixels
                frame[i] = ToByte(r + noise * Signed(bits));
                frame[i + 1] = ToByte(g + noise * Signed(bits >> 8));
                frame[i + 2] = ToByte(b + noise * Signed(bits >> 16));
                bits >>= 24;
            }
        }
    }

    private static void Cover(ShapeScene scene, ShapePose pose, float radius, float dx, float dy, ref float r, ref float g, ref float b)
    {
        float sin = (float)pose.Sin / radius, cos = (float)pose.Cos / radius, stretch = 1 / (float)scene.Aspect;
        float covered = 0, mixed = 0;
        for (int s = 0; s < Samples * Samples; s++)
        {
            float x = dx + (s % Samples + 0.5f) / Samples - 0.5f, y = dy + (s / Samples + 0.5f) / Samples - 0.5f;
            float u = cos * x + sin * y, v = (cos * y - sin * x) * stretch;
            if (!IsInside(scene.Outline, u, v)) continue;
            covered++;
            mixed += Mix(scene, u, v);
        }

        if (covered == 0) return;
        float share = covered / (Samples * Samples), toB = mixed / covered, toA = 1 - toB;
        r += share * (toA * (float)scene.ColorA.R + toB * (float)scene.ColorB.R - r);
        g += share * (toA * (float)scene.ColorA.G + toB * (float)scene.ColorB.G - g);
        b += share * (toA * (float)scene.ColorA.B + toB * (float)scene.ColorB.B - b);
    }

    private static bool IsInside(ShapeOutline outline, float u, float v)
    {
        if (u * u + v * v > 1) return false;
        switch (outline)
        {
            case ShapeOutline.Square: return Math.Max(Math.Abs(u), Math.Abs(v)) <= 0.7071f;
            case ShapeOutline.Triangle: return u >= -0.5f && u + 1.7320508f * Math.Abs(v) <= 1;
            case ShapeOutline.Ellipse: return true;
            case ShapeOutline.Cross: return Math.Min(Math.Abs(u), Math.Abs(v)) <= 0.3f;
            case ShapeOutline.HalfDisc: return u >= -0.15f;
            default:
                int inside = 0;
                foreach ((float x, float y) in StarNormals) inside += x * u + y * v <= 0.309017f ? 1 : 0;
                return inside >= 4;
        }
    }

    // The gradient under every pattern leaves no texture with a symmetry of its own, so every rotation shows.
    private static float Mix(ShapeScene scene, float u, float v)
    {
        float frequency = (float)scene.TextureFrequency;
        float slope = 0.5f * (u + 1);
        bool isB = scene.Texture switch
        {
            ShapeTexture.Stripes => IsOdd(u * frequency),
            ShapeTexture.Checker => IsOdd(u * frequency) ^ IsOdd(v * frequency),
            ShapeTexture.Halves => v > 0,
            ShapeTexture.Quarter => u > 0 && v > 0,
            _ => slope > 0.75f,
        };
        return (isB ? 0.65f : 0) + 0.35f * slope;
    }

    private float[] Background(ShapeScene scene, RandomStream stillNoise)
    {
        const int grid = ShapeScene.BackgroundGrid;
        var background = new float[_resolution * _resolution * 3];
        for (int row = 0, i = 0; row < _resolution; row++)
        {
            float y = (row + 0.5f) / _resolution * grid;
            for (int column = 0; column < _resolution; column++, i += 3)
            {
                float x = (column + 0.5f) / _resolution * grid;
                int x0 = (int)x, y0 = (int)y;
                float fx = x - x0, fy = y - y0;
                float value = (1 - fy) * ((1 - fx) * At(x0, y0) + fx * At(x0 + 1, y0))
                    + fy * ((1 - fx) * At(x0, y0 + 1) + fx * At(x0 + 1, y0 + 1));
                float grain = StillNoise * Signed(stillNoise.NextBits());
                background[i] = (float)(scene.BackColor.R + scene.BackTint.R * value) + grain;
                background[i + 1] = (float)(scene.BackColor.G + scene.BackTint.G * value) + grain;
                background[i + 2] = (float)(scene.BackColor.B + scene.BackTint.B * value) + grain;
            }
        }

        return background;

        float At(int x, int y) => (float)scene.BackGrid[y % grid * grid + x % grid];
    }

    private float Nearest(float distance)
    {
        if (distance > 0.5f * _resolution) return distance - _resolution;
        return distance < -0.5f * _resolution ? distance + _resolution : distance;
    }

    private static bool IsOdd(float value) => ((int)Math.Floor(value) & 1) != 0;

    private static float Signed(ulong bits) => (sbyte)bits * (1 / 128f);

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
