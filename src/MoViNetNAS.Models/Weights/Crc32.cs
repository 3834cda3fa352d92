namespace MoViNetNAS.Models;

/// <summary>The checksum of zip members: CRC-32 with the polynomial 0xEDB88320.</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Shifted((uint)i))];
    private uint _state = 0xFFFFFFFF;

    public uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint state = _state;
        foreach (byte b in bytes) state = Table[(byte)(state ^ b)] ^ (state >> 8);
        _state = state;
    }

    private static uint Shifted(uint value)
    {
        for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ (0xEDB88320 & (0 - (value & 1)));
        return value;
    }
}
