using JobServer.Domain.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Site;

internal sealed class SiteStateMapping : IEntityTypeConfiguration<SiteState>
{
    public void Configure(EntityTypeBuilder<SiteState> builder)
    {
        builder.Property(state => state.Id).ValueGeneratedNever();
        builder.Property(state => state.RunsStoppedMessage).HasMaxLength(SiteState.MessageMaxLength);
        builder.Property(state => state.SetUpCodeHash).HasMaxLength(SiteState.SetUpCodeHashLength).IsUnicode(false);
        builder.HasData(new SiteState());
    }
}
