# Where man and the shells look for what opstat/cli/CMakeLists.txt lets the
# program write.
set(manual_dir ${PROJECT_BINARY_DIR}/manual)
install(DIRECTORY ${manual_dir}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT opstat)
install(FILES ${manual_dir}/opstat
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT opstat)
# Debian's zsh looks into the one below /usr, into the other below /usr/local.
foreach(folder vendor-completions site-functions)
  install(FILES ${manual_dir}/_opstat
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${folder} COMPONENT opstat)
endforeach()
install(FILES ${manual_dir}/opstat.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT opstat)
