namespace MoViNetNAS.Store.Rows;

/// <summary>A <see cref="DateTimeOffset"/> as text: BSON's own dates keep milliseconds and no offset.</summary>
internal static class Instant
{
    public static string Text(DateTimeOffset instant) => instant.ToString("O");

    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(text, "O", null);
}
