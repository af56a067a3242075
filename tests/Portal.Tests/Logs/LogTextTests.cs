using System.Text;
using JobServer.Portal.Logs;

namespace JobServer.Portal.Tests.Logs;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("a\r\nb\rc\n", "a\nb\nc\n")]
    [InlineData("\u001b[1;31mred\u001b[0m", "red")]
    [InlineData("\u001b]8;;http://evil\u001b\\link\u001b]8;;\a", "link")]
    [InlineData("\u001b(Bx\u001b7y\u001bc", "xy")]
    [InlineData("\u001b[31", "[31")]
    [InlineData("a\u001b", "a")]
    [InlineData("\u001b\u001b[1mx", "x")]
    [InlineData("\u0007\u0008\u009b\u202e\u2066\u2028", "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd")]
    public void Only_text_is_left(string printed, string shown) => Assert.Equal(shown, LogText.Of(Encoding.UTF8.GetBytes(printed)));

    [Fact]
    public void Wherever_a_log_is_parted_it_reads_as_the_whole()
    {
        var bytes = Encoding.UTF8.GetBytes("héllo €5 \u001b[1;31mred\u001b[0m 😀\r\nnext \u001b(Bline\r\u001b]0;t\aend");
        var whole = LogText.Of(bytes);

        for (var at = 0; at <= bytes.Length; at++)
        {
            var safe = at - LogText.Unfinished(bytes.AsSpan(0, at));
            Assert.Equal(whole, LogText.Of(bytes.AsSpan(0, safe)) + LogText.Of(bytes.AsSpan(safe)));
        }
    }

    [Fact]
    public void Any_bytes_give_harmless_text()
    {
        var random = new Random(7);
        var bytes = new byte[400];
        for (var round = 0; round < 2000; round++)
        {
            random.NextBytes(bytes);
            for (var i = 0; i < bytes.Length; i += 5)
                bytes[i] = "\u001b[]P\\;m\r\n"u8[random.Next(9)];

            Assert.DoesNotContain(LogText.Of(bytes), c => char.IsControl(c) && c is not ('\n' or '\t'));
            Assert.InRange(LogText.Unfinished(bytes), 0, 256);
        }
    }

    [Fact]
    public void A_moment_of_a_log_is_one_number_and_back()
    {
        var moment = new LogMoment(3, 1L << 50, true);

        Assert.Equal(moment, LogMoment.Of(moment.Revision));
        Assert.True(moment.Revision > 0);
    }
}
