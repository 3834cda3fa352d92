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

    private readonly ShapeScene _scene;
    private readonly int _resolution;
    private readonly float[] _background; // [H, W, 3]

    public ShapeRasterizer(ShapeScene scene, int resolution, RandomStream stillNoise)
    {
        _scene = scene;
        _resolution = resolution;
        _background = Background(stillNoise);
    }

    /// <summary>Draws one frame, [H, W, 3], with noise of up to <paramref name="noise"/> grey levels either way.</summary>
    public void Draw(ShapePose pose, RandomStream random, float noise, Span<byte> frame)
    {
        float centerX = (float)pose.X * _resolution, centerY = (float)pose.Y * _resolution;
        float radius = (float)pose.Radius * _resolution, reach = (radius + 1) * (radius + 1);
        ulong bits = 0;
        for (int row = 0, i = 0; row < _resolution; row++)
        {
            float dy = Nearest(row + 0.5f - centerY);
            for (int column = 0; column < _resolution; column++, i += 3)
            {
                (float r, float g, float b) = (_background[i], _background[i + 1], _background[i + 2]);
                float dx = Nearest(column + 0.5f - centerX);
                if (dx * dx + dy * dy <= reach) Cover(pose, radius, dx, dy, ref r, ref g, ref b);
                if ((i / 3 & 1) == 0) bits = random.NextBits(); // six of its bytes: two pixels
                frame[i] = ToByte(r + noise * Signed(bits));
                frame[i + 1] = ToByte(g + noise * Signed(bits >> 8));
                frame[i + 2] = ToByte(b + noise * Signed(bits >> 16));
                bits >>= 24;
            }
        }
    }

    private void Cover(ShapePose pose, float radius, float dx, float dy, ref float r, ref float g, ref float b)
    {
        float sin = (float)pose.Sin / radius, cos = (float)pose.Cos / radius, stretch = 1 / (float)_scene.Aspect;
        float covered = 0, mixed = 0;
        for (int s = 0; s < Samples * Samples; s++)
        {
            float x = dx + (s % Samples + 0.5f) / Samples - 0.5f, y = dy + (s / Samples + 0.5f) / Samples - 0.5f;
            float u = cos * x + sin * y, v = (cos * y - sin * x) * stretch;
            if (!IsInside(u, v)) continue;
            covered++;
            mixed += Mix(u, v);
        }

        if (covered == 0) return;
        float share = covered / (Samples * Samples), toB = mixed / covered, toA = 1 - toB;
        r += share * (toA * (float)_scene.ColorA.R + toB * (float)_scene.ColorB.R - r);
        g += share * (toA * (float)_scene.ColorA.G + toB * (float)_scene.ColorB.G - g);
        b += share * (toA * (float)_scene.ColorA.B + toB * (float)_scene.ColorB.B - b);
    }

    private bool IsInside(float u, float v)
    {
        if (u * u + v * v > 1) return false;
        switch (_scene.Outline)
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
    private float Mix(float u, float v)
    {
        float frequency = (float)_scene.TextureFrequency;
        float slope = 0.5f * (u + 1);
        bool isB = _scene.Texture switch
        {
            ShapeTexture.Stripes => IsOdd(u * frequency),
            ShapeTexture.Checker => IsOdd(u * frequency) ^ IsOdd(v * frequency),
            ShapeTexture.Halves => v > 0,
            ShapeTexture.Quarter => u > 0 && v > 0,
            _ => slope > 0.75f,
        };
        return (isB ? 0.65f : 0) + 0.35f * slope;
    }

    private float[] Background(RandomStream stillNoise)
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
                background[i] = (float)(_scene.BackColor.R + _scene.BackTint.R * value) + grain;
                background[i + 1] = (float)(_scene.BackColor.G + _scene.BackTint.G * value) + grain;
                background[i + 2] = (float)(_scene.BackColor.B + _scene.BackTint.B * value) + grain;
            }
        }

        return background;

        float At(int x, int y) => (float)_scene.BackGrid[y % grid * grid + x % grid];
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
